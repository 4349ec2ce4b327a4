package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A certificate with its private key, checked as far as that is possible before they reach a
 * device.
 *
 * @param certificatePem the leaf, then the chain, if any, as OpenSSL writes them
 * @param privateKeyPem the key, as OpenSSL writes it
 * @param commonName of the leaf; may be empty
 * @param facts what is told of the leaf
 * @param warnings what will work but should be looked at, one sentence each
 */
public record IdentityPair(
    byte[] certificatePem,
    Secret privateKeyPem,
    String commonName,
    CertificateFacts facts,
    List<String> warnings) {
  private static final Instant END_OF_32_BIT_TIME = Instant.parse("2038-01-19T03:14:07Z");

  /** A device's identity, of files that are not encrypted. */
  public static IdentityPair load(Path certificate, Path privateKey, Clock clock) {
    return load(PairRole.DEVICE_IDENTITY, certificate, privateKey, FileSource.PLAIN, clock);
  }

  /**
   * Reads both files.
   *
   * @throws BadInput naming the file and what to do: a file that is missing, empty, not PEM or
   *     damaged, a key that is encrypted or of another certificate, a chain in the wrong order,
   *     dates that the daemon or the clock refuses
   */
  public static IdentityPair load(
      PairRole role, Path certificate, Path privateKey, FileSource source, Clock clock) {
    PairFiles files = PairFiles.read(role, certificate, privateKey, source);
    files.check(clock);
    ChainCertificate leaf = files.chain().getFirst();
    return new IdentityPair(
        files.chain().stream()
            .map(ChainCertificate::pem)
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.US_ASCII),
        Secret.of(files.key().pem()),
        leaf.commonName().orElse(""),
        CertificateFacts.of(leaf),
        files.warnings(clock));
  }

  public IdentityPair {
    warnings = List.copyOf(warnings);
  }

  /** The key's bytes. */
  public byte[] privateKeyBytes() {
    return privateKeyPem.reveal().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What should be looked at when this identity goes to a certain device.
   *
   * @param deviceId as registered in the hub
   * @param machine what {@code uname -m} says there, such as {@code armv7l}; empty when not known
   */
  public List<String> warningsFor(String deviceId, String machine) {
    List<String> found = new ArrayList<>(warnings);
    if (!commonName.equals(deviceId)) {
      found.add(
          "the certificate's common name is `"
              + commonName
              + "`, the device id is `"
              + deviceId
              + "`; they should be the same");
    }
    boolean arm32 = machine.startsWith("arm") && !machine.startsWith("arm64");
    if (arm32 && facts.notAfter().isAfter(END_OF_32_BIT_TIME)) {
      found.add(
          "the certificate is valid beyond 2038-01-19, which the daemon cannot count to on "
              + machine);
    }
    return List.copyOf(found);
  }

  static String days(Duration time) {
    return time.toDays() == 1 ? "1 day" : time.toDays() + " days";
  }
}
