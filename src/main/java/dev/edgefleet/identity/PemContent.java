package dev.edgefleet.identity;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/**
 * What stands in a PEM file, in order.
 *
 * @param keys private keys that can be read as they are
 * @param encryptedKeys how many more need a passphrase
 * @param others labels of what is neither, such as {@code CERTIFICATE REQUEST}
 */
record PemContent(
    List<ChainCertificate> certificates,
    List<PemKey> keys,
    int encryptedKeys,
    List<String> others) {
  /**
   * A private key.
   *
   * @param pem the one block that it is, as OpenSSL writes it
   */
  record PemKey(PrivateKeyInfo info, String pem) {}

  /**
   * @throws dev.edgefleet.failure.BadInput when it is damaged, or holds its certificates in another
   *     form than as certificates
   */
  static PemContent of(InputFile file) {
    List<ChainCertificate> certificates = new ArrayList<>();
    List<PemKey> keys = new ArrayList<>();
    List<String> others = new ArrayList<>();
    int encrypted = 0;
    for (PemBlock block : blocks(file)) {
      switch (block.label()) {
        case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
            certificates.add(certificate(block, file));
        case "PKCS7", "PKCS #7 SIGNED DATA", "CMS" -> throw file.isPkcs7("");
        case "ENCRYPTED PRIVATE KEY" -> encrypted++;
        case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" -> {
          if (block.encrypted()) {
            encrypted++;
          } else {
            keys.add(key(block, file));
          }
        }
        case "OPENSSH PRIVATE KEY" -> throw file.isOpenSshKey();
        // What openssl puts beside a key.
        case "EC PARAMETERS", "DSA PARAMETERS" -> {}
        default -> others.add(block.label());
      }
    }
    return new PemContent(
        List.copyOf(certificates), List.copyOf(keys), encrypted, List.copyOf(others));
  }

  boolean holdsKey() {
    return !keys.isEmpty() || encryptedKeys > 0;
  }

  /** What a file that lacks something holds instead, to say it; may be empty. */
  String instead() {
    return others.isEmpty() ? "" : ", but a " + String.join(" and a ", others);
  }

  private static List<PemBlock> blocks(InputFile file) {
    try {
      return PemBlock.in(file.text());
    } catch (PemBlock.Damaged e) {
      throw file.isDamaged(String.valueOf(e.getMessage()));
    }
  }

  private static ChainCertificate certificate(PemBlock block, InputFile file) {
    // OpenSSL takes a PKCS#7 under this label, too, and Windows' certutil writes it.
    if (BinaryForm.of(block.der()) == BinaryForm.PKCS7) {
      throw file.isPkcs7("");
    }
    return ChainCertificate.parse(block.der())
        .orElseThrow(() -> file.isDamaged("a block " + block.label() + " holds no certificate"));
  }

  private static PemKey key(PemBlock block, InputFile file) {
    String pem = block.pem();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return switch (parser.readObject()) {
        case PEMKeyPair pair -> new PemKey(pair.getPrivateKeyInfo(), pem);
        case PrivateKeyInfo key -> new PemKey(key, pem);
        case null, default -> throw new IOException("another object");
      };
    } catch (IOException | RuntimeException e) {
      // The cause may quote the file, which may hold a key: it is not passed on.
      throw file.isDamaged("a block " + block.label() + " holds no key that can be read");
    }
  }
}
