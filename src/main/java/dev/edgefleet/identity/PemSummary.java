package dev.edgefleet.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** PEM for people to compare: what its certificates say in the place of their base64. */
public final class PemSummary {
  private static final int LARGEST = 1 << 20;

  private PemSummary() {}

  /**
   * One paragraph for each certificate; empty when the content is not made of certificates alone.
   */
  public static Optional<String> of(byte[] content) {
    List<ChainCertificate> certificates = certificates(content);
    return certificates.isEmpty()
        ? Optional.empty()
        : Optional.of(
            certificates.stream().map(PemSummary::paragraph).collect(Collectors.joining()));
  }

  /** None when there is anything else, or anything that cannot be read. */
  static List<ChainCertificate> certificates(byte[] content) {
    String text = content.length > LARGEST ? "" : new String(content, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return List.of();
    }
    try {
      List<Optional<ChainCertificate>> all =
          PemBlock.in(text).stream()
              .map(
                  block ->
                      block.label().endsWith("CERTIFICATE") && !block.encrypted()
                          ? ChainCertificate.parse(block.der())
                          : Optional.<ChainCertificate>empty())
              .toList();
      return all.stream().allMatch(Optional::isPresent)
          ? all.stream().map(Optional::orElseThrow).toList()
          : List.of();
    } catch (PemBlock.Damaged e) {
      return List.of();
    }
  }

  private static String paragraph(ChainCertificate certificate) {
    CertificateFacts facts = CertificateFacts.of(certificate);
    return "certificate "
        + facts.subject()
        + "\n  issuer  "
        + certificate.holder().getIssuer()
        + "\n  valid   "
        + facts.notBefore()
        + " to "
        + facts.notAfter()
        + "\n  SHA-1   "
        + facts.sha1()
        + "\n  SHA-256 "
        + facts.sha256()
        + "\n";
  }
}
