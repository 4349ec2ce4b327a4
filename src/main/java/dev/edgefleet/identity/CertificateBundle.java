package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Certificates of authorities that are trusted, in no order that means something.
 *
 * @param pem as OpenSSL writes them, in the order of the file
 * @param warnings what will work but should be looked at, one sentence each
 */
public record CertificateBundle(byte[] pem, List<String> warnings) {
  /**
   * @throws BadInput when the file is missing, holds no certificate, or a private key
   */
  public static CertificateBundle load(Path path, FileSource source, Clock clock) {
    InputFile file = InputFile.read(path, "the bundle of trusted CA certificates", source);
    PemContent content = PemContent.of(file);
    if (content.certificates().isEmpty()) {
      throw file.problem(
          "it holds no certificate" + content.instead(),
          "it should hold " + file.what() + " in PEM");
    }
    if (content.holdsKey()) {
      throw file.problem(
          "it holds a private key, which others may read there",
          "leave only the certificates in it");
    }
    return new CertificateBundle(
        content.certificates().stream()
            .map(ChainCertificate::pem)
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.US_ASCII),
        content.certificates().stream()
            .flatMap(one -> ChainCheck.unusableNow(List.of(one), clock).stream())
            .map(unusable -> "in the trust bundle " + unusable)
            .toList());
  }

  public CertificateBundle {
    warnings = List.copyOf(warnings);
  }
}
