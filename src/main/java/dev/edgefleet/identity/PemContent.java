package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * What stands in a PEM file, in order.
 *
 * @param keys private keys that can be read as they are
 * @param encryptedKeys how many more need a passphrase
 */
record PemContent(
    List<X509CertificateHolder> certificates, List<PrivateKeyInfo> keys, int encryptedKeys) {
  /**
   * @throws BadInput when it is damaged
   */
  static PemContent of(InputFile file) {
    List<X509CertificateHolder> certificates = new ArrayList<>();
    List<PrivateKeyInfo> keys = new ArrayList<>();
    int encrypted = 0;
    try (PEMParser parser = new PEMParser(new StringReader(file.text()))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case X509CertificateHolder certificate -> certificates.add(certificate);
          case X509TrustedCertificateBlock trusted ->
              certificates.add(trusted.getCertificateHolder());
          case PEMKeyPair pair -> keys.add(pair.getPrivateKeyInfo());
          case PrivateKeyInfo key -> keys.add(key);
          case PKCS8EncryptedPrivateKeyInfo key -> encrypted++;
          case PEMEncryptedKeyPair pair -> encrypted++;
          default -> {
            // Curve parameters and the like, which openssl puts beside a key.
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // The cause may quote the file, which may hold a key: it is not passed on.
      throw new BadInput(
          file.path() + " is damaged: its PEM cannot be read",
          "Look at it with openssl x509 -in FILE -noout -text, or openssl pkey -in FILE -noout;"
              + " then copy or make it anew");
    }
    return new PemContent(List.copyOf(certificates), List.copyOf(keys), encrypted);
  }

  boolean holdsKey() {
    return !keys.isEmpty() || encryptedKeys > 0;
  }
}
