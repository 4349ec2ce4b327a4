package dev.edgefleet.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of a certificate: in the report, to {@code register}, and in a diff.
 *
 * @param subject such as {@code CN=edge-001}
 * @param sha1 thumbprint, 40 upper-case hex digits, as the hub wants it
 * @param sha256 thumbprint, 64 upper-case hex digits
 */
public record CertificateFacts(
    String subject, Instant notBefore, Instant notAfter, String sha1, String sha256) {
  static CertificateFacts of(ChainCertificate certificate) {
    return new CertificateFacts(
        certificate.subject(),
        certificate.notBefore(),
        certificate.notAfter(),
        certificate.thumbprint("SHA-1"),
        certificate.thumbprint("SHA-256"));
  }

  /** Of the first of a file of certificates; empty when it holds anything else. */
  public static Optional<CertificateFacts> ofFirst(byte[] pem) {
    return PemSummary.certificates(pem).stream().findFirst().map(CertificateFacts::of);
  }

  /** Under the names that they have in reports and results. */
  public Map<String, Object> named() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("certificate_subject", subject);
    named.put("certificate_sha1", sha1);
    named.put("certificate_sha256", sha256);
    named.put("certificate_not_before", notBefore.toString());
    named.put("certificate_not_after", notAfter.toString());
    return named;
  }
}
