package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.io.Hash;
import dev.edgefleet.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A device identity certificate with its private key, checked as far as that is possible before
 * they reach a device.
 *
 * @param certificatePem the certificate file as it is: leaf first, then the chain, if any
 * @param privateKeyPem the key file as it is
 * @param subject of the leaf, such as {@code CN=edge-001}
 * @param notBefore of the leaf
 * @param notAfter of the leaf
 * @param sha1Thumbprint of the leaf, 40 upper-case hex digits, as the hub wants it
 * @param sha256Thumbprint of the leaf, 64 upper-case hex digits
 * @param warnings what will work but should be looked at, one sentence each
 */
public record IdentityPair(
    byte[] certificatePem,
    Secret privateKeyPem,
    String subject,
    Instant notBefore,
    Instant notAfter,
    String sha1Thumbprint,
    String sha256Thumbprint,
    List<String> warnings) {
  private static final Duration SOON = Duration.ofDays(30);
  private static final Instant END_OF_32_BIT_TIME = Instant.parse("2038-01-19T03:14:07Z");

  /**
   * Reads both files.
   *
   * @throws BadInput naming the file and what to do: a file that is missing, empty, not PEM or
   *     damaged, a key that is encrypted or of another certificate, a chain in the wrong order,
   *     dates that the daemon or the clock refuses
   */
  public static IdentityPair load(Path certificate, Path privateKey, Clock clock) {
    InputFile certificateFile = InputFile.read(certificate, "the device identity certificate");
    InputFile keyFile = InputFile.read(privateKey, "its private key");
    PemContent certificateContent = PemContent.of(certificateFile);
    PemContent keyContent = PemContent.of(keyFile);
    checkRoles(certificate, certificateContent, privateKey, keyContent);
    List<X509CertificateHolder> chain = certificateContent.certificates();
    checkMatch(certificate, chain, privateKey, keyContent.keys().getFirst());
    checkChain(certificate, chain, clock);
    return of(certificateFile, keyFile, chain, clock);
  }

  public IdentityPair {
    warnings = List.copyOf(warnings);
  }

  /**
   * What should be looked at when this identity goes to a certain device.
   *
   * @param deviceId as registered in the hub
   * @param machine what {@code uname -m} says there, such as {@code armv7l}; empty when not known
   */
  public List<String> warningsFor(String deviceId, String machine) {
    List<String> found = new ArrayList<>(warnings);
    String name = commonName(new X500Name(subject)).orElse("");
    if (!name.equals(deviceId)) {
      found.add(
          "the certificate's common name is `"
              + name
              + "`, the device id is `"
              + deviceId
              + "`; they should be the same");
    }
    boolean arm32 = machine.startsWith("arm") && !machine.startsWith("arm64");
    if (arm32 && notAfter.isAfter(END_OF_32_BIT_TIME)) {
      found.add(
          "the certificate is valid beyond 2038-01-19, which the daemon cannot count to on "
              + machine);
    }
    return List.copyOf(found);
  }

  /** Which of the two holds what; reports every problem of both files. */
  private static void checkRoles(
      Path certificate, PemContent certificateContent, Path privateKey, PemContent keyContent) {
    if (certificateContent.certificates().isEmpty()
        && certificateContent.holdsKey()
        && !keyContent.certificates().isEmpty()
        && !keyContent.holdsKey()) {
      throw new BadInput(
          "certificate and key are swapped: "
              + certificate
              + " holds the key, "
              + privateKey
              + " the certificate",
          "Name them the other way round");
    }
    List<Problem> problems = new ArrayList<>();
    if (certificateContent.certificates().isEmpty()) {
      problems.add(
          Problem.of(
              certificate + " holds no certificate",
              "It should hold the device identity certificate in PEM"));
    }
    if (certificateContent.holdsKey()) {
      problems.add(
          Problem.of(
              certificate + " holds a private key, which others may read there",
              "Keep the key in a file of its own: openssl x509 -in "
                  + certificate
                  + " -out device-id.pem"));
    }
    keyProblem(privateKey, keyContent).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  private static Optional<Problem> keyProblem(Path privateKey, PemContent content) {
    if (content.encryptedKeys() > 0) {
      return Optional.of(
          Problem.of(
              privateKey + " is encrypted; the IoT Edge daemon cannot ask for a passphrase",
              "Decrypt it with openssl pkey -in " + privateKey + " -out device-id.key.pem"));
    }
    return switch (content.keys().size()) {
      case 0 ->
          Optional.of(
              Problem.of(
                  privateKey + " holds no private key",
                  "It should hold the key of the device identity certificate in PEM"));
      case 1 -> Optional.empty();
      default ->
          Optional.of(
              Problem.of(
                  privateKey + " holds " + content.keys().size() + " private keys",
                  "Leave the one that belongs to the certificate"));
    };
  }

  private static void checkMatch(
      Path certificate, List<X509CertificateHolder> chain, Path privateKey, PrivateKeyInfo key) {
    if (KeyMatch.of(key, chain.getFirst())) {
      return;
    }
    for (int i = 1; i < chain.size(); i++) {
      if (KeyMatch.of(key, chain.get(i))) {
        throw new BadInput(
            certificate
                + " has its certificates in the wrong order: the key belongs to "
                + ChainCheck.name(chain, i),
            "Put that one first, then the one that signed it, and so on");
      }
    }
    throw new BadInput(
        privateKey + " is not the key of " + ChainCheck.name(chain, 0) + " in " + certificate,
        "Name the key that the certificate was requested with");
  }

  private static void checkChain(Path certificate, List<X509CertificateHolder> chain, Clock clock) {
    List<Problem> problems = new ArrayList<>();
    ChainCheck.brokenOrder(chain)
        .map(
            broken ->
                Problem.of(
                    certificate + ": " + broken,
                    "The order is leaf, then the one that signed it, up to the root"))
        .ifPresent(problems::add);
    ChainCheck.unusableNow(chain, clock)
        .map(
            unusable ->
                Problem.of(
                    certificate + ": " + unusable, "Issue a new certificate, or correct the clock"))
        .ifPresent(problems::add);
    if (ChainCheck.tooLongForDaemon(chain.getFirst())) {
      problems.add(
          Problem.of(
              certificate
                  + ": valid until "
                  + chain.getFirst().getNotAfter().toInstant()
                  + "; the IoT Edge 1.1 daemon cannot read dates from 2050 on",
              "Issue it with an end before 2038"));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  private static IdentityPair of(
      InputFile certificateFile,
      InputFile keyFile,
      List<X509CertificateHolder> chain,
      Clock clock) {
    X509CertificateHolder leaf = chain.getFirst();
    return new IdentityPair(
        certificateFile.bytes(),
        Secret.of(keyFile.text()),
        leaf.getSubject().toString(),
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant(),
        thumbprint(leaf, "SHA-1"),
        thumbprint(leaf, "SHA-256"),
        warnings(leaf, clock));
  }

  private static List<String> warnings(X509CertificateHolder leaf, Clock clock) {
    List<String> found = new ArrayList<>();
    Instant notAfter = leaf.getNotAfter().toInstant();
    if (clock.instant().plus(SOON).isAfter(notAfter)) {
      long days = Duration.between(clock.instant(), notAfter).toDays();
      found.add(
          "the certificate expires at "
              + notAfter
              + ", in "
              + days
              + (days == 1 ? " day" : " days"));
    }
    BasicConstraints constraints = BasicConstraints.fromExtensions(leaf.getExtensions());
    if (constraints != null && constraints.isCA()) {
      found.add("the certificate is a CA certificate; a device's identity should not be one");
    }
    if (KeyMatch.edwards(leaf)) {
      found.add("the key is Ed25519 or Ed448; IoT Hub documents RSA and elliptic curve P-256 only");
    }
    return found;
  }

  private static String thumbprint(X509CertificateHolder leaf, String algorithm) {
    try {
      return HexFormat.of().withUpperCase().formatHex(Hash.of(algorithm, leaf.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> commonName(X500Name subject) {
    RDN[] names = subject.getRDNs(BCStyle.CN);
    return names.length > 0 && names[0].getFirst().getValue() instanceof ASN1String text
        ? Optional.of(text.getString())
        : Optional.empty();
  }
}
