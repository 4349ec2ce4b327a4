package dev.edgefleet.identity;

import dev.edgefleet.io.Hash;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate as it stands in a file.
 *
 * @param holder what it says
 * @param der its very bytes, which its thumbprints are of
 */
record ChainCertificate(X509CertificateHolder holder, byte[] der) {
  /** Empty when this is no certificate; what OpenSSL notes behind a trusted one is left out. */
  static Optional<ChainCertificate> parse(byte[] bytes) {
    byte[] der = firstObject(bytes);
    try {
      return Optional.of(new ChainCertificate(new X509CertificateHolder(der), der));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  String pem() {
    return new PemBlock("CERTIFICATE", false, der).pem();
  }

  String subject() {
    return holder.getSubject().toString();
  }

  Instant notBefore() {
    return holder.getNotBefore().toInstant();
  }

  Instant notAfter() {
    return holder.getNotAfter().toInstant();
  }

  /** Upper-case hex digits. */
  String thumbprint(String algorithm) {
    return HexFormat.of().withUpperCase().formatHex(Hash.of(algorithm, der));
  }

  Optional<String> commonName() {
    RDN[] names = holder.getSubject().getRDNs(BCStyle.CN);
    return names.length > 0 && names[0].getFirst().getValue() instanceof ASN1String text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  // Tag, length (short, or up to four bytes of it), content.
  private static byte[] firstObject(byte[] bytes) {
    if (bytes.length < 2 || (bytes[1] & 0xff) < 0x80) {
      return bytes.length < 2 ? bytes : Arrays.copyOf(bytes, Math.min(bytes.length, 2 + bytes[1]));
    }
    int lengthBytes = bytes[1] & 0x7f;
    if (lengthBytes == 0 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) {
      return bytes;
    }
    long length = 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | (bytes[2 + i] & 0xff);
    }
    long end = 2 + lengthBytes + length;
    return end < bytes.length ? Arrays.copyOf(bytes, (int) end) : bytes;
  }
}
