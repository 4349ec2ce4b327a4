package dev.edgefleet.identity;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.text.ShellQuoting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;

/** The two files of a pair, each read and known to hold what it should. */
record PairFiles(
    PairRole role,
    InputFile certificate,
    List<ChainCertificate> chain,
    InputFile privateKey,
    PemContent.PemKey key) {
  private static final Duration SOON = Duration.ofDays(30);

  /**
   * @throws BadInput with every problem of both files
   */
  static PairFiles read(PairRole role, Path certificate, Path privateKey, FileSource source) {
    List<Problem> problems = new ArrayList<>();
    Optional<InputFile> certificateFile =
        opened(certificate, "the " + role.certificate(), source, problems);
    Optional<InputFile> keyFile =
        opened(privateKey, "the key of the " + role.certificate(), source, problems);
    Optional<PemContent> certificates = certificateFile.flatMap(file -> content(file, problems));
    Optional<PemContent> keys = keyFile.flatMap(file -> content(file, problems));
    if (certificates.isPresent() && keys.isPresent()) {
      swapped(certificateFile.orElseThrow(), certificates.get(), privateKey, keys.get());
    }
    certificates.ifPresent(
        found -> certificateProblems(certificateFile.orElseThrow(), found, problems));
    keys.ifPresent(found -> keyProblem(keyFile.orElseThrow(), found).ifPresent(problems::add));
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return new PairFiles(
        role,
        certificateFile.orElseThrow(),
        certificates.orElseThrow().certificates(),
        keyFile.orElseThrow(),
        keys.orElseThrow().keys().getFirst());
  }

  /**
   * That they belong together and can be used now.
   *
   * @throws BadInput otherwise
   */
  void check(Clock clock) {
    checkMatch();
    List<Problem> problems = new ArrayList<>();
    ChainCheck.brokenOrder(chain)
        .map(
            broken ->
                certificate.at(broken, "the order is leaf, then the one that signed it, and so on"))
        .ifPresent(problems::add);
    ChainCheck.unusableNow(chain, clock)
        .map(unusable -> certificate.at(unusable, "issue a new certificate, or correct the clock"))
        .ifPresent(problems::add);
    if (ChainCheck.tooLongForDaemon(chain.getFirst())) {
      problems.add(
          certificate.at(
              "valid until "
                  + chain.getFirst().notAfter()
                  + "; the IoT Edge 1.1 daemon cannot read dates from 2050 on",
              "issue it with an end before 2038"));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  /** What will work but should be looked at. */
  List<String> warnings(Clock clock) {
    ChainCertificate leaf = chain.getFirst();
    List<String> found = new ArrayList<>();
    Instant notAfter = leaf.notAfter();
    if (clock.instant().plus(SOON).isAfter(notAfter)) {
      found.add(
          "the certificate expires at "
              + notAfter
              + ", in "
              + IdentityPair.days(Duration.between(clock.instant(), notAfter)));
    }
    BasicConstraints constraints = BasicConstraints.fromExtensions(leaf.holder().getExtensions());
    boolean authority = constraints != null && constraints.isCA();
    if (authority && !role.isAuthority()) {
      found.add("the certificate is a CA certificate; a device's identity should not be one");
    }
    if (!authority && role.isAuthority()) {
      found.add("the certificate is no CA certificate; modules cannot be issued one by it");
    }
    KeyKind.doubtful(leaf.holder().getSubjectPublicKeyInfo())
        .map(kind -> "the key is " + kind + ". " + newKey(leaf))
        .ifPresent(found::add);
    for (int i = 1; i < chain.size(); i++) {
      String name = ChainCheck.name(chain, i);
      KeyKind.doubtful(chain.get(i).holder().getSubjectPublicKeyInfo())
          .map(kind -> "the key of " + name + " is " + kind)
          .ifPresent(found::add);
    }
    return found;
  }

  // Beside the old one: it is in use until the new certificate is there.
  private String newKey(ChainCertificate leaf) {
    String path = privateKey.path().toString();
    return "Make a new one and have it certified: openssl req -new -newkey rsa:2048 -nodes -subj "
        + ShellQuoting.typed(
            "/CN=" + leaf.commonName().orElse("").replaceAll("([/+\\\\])", "\\\\$1"))
        + " -keyout "
        + ShellQuoting.typed(path + ".new")
        + " -out "
        + ShellQuoting.typed(path + ".csr");
  }

  private void checkMatch() {
    if (KeyMatch.of(key.info(), chain.getFirst().holder())) {
      return;
    }
    for (int i = 1; i < chain.size(); i++) {
      if (KeyMatch.of(key.info(), chain.get(i).holder())) {
        throw certificate.problem(
            "its certificates are in the wrong order: the key belongs to "
                + ChainCheck.name(chain, i),
            "put that one first, then the one that signed it, and so on");
      }
    }
    throw privateKey.problem(
        "it is not the key of " + ChainCheck.name(chain, 0) + " in " + certificate.path(),
        "name the key that the certificate was requested with");
  }

  private static Optional<InputFile> opened(
      Path path, String what, FileSource source, List<Problem> problems) {
    try {
      return Optional.of(InputFile.read(path, what, source));
    } catch (BadInput e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static Optional<PemContent> content(InputFile file, List<Problem> problems) {
    try {
      return Optional.of(PemContent.of(file));
    } catch (BadInput e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static void swapped(
      InputFile certificate, PemContent certificates, Path privateKey, PemContent keys) {
    if (certificates.certificates().isEmpty()
        && certificates.holdsKey()
        && !keys.certificates().isEmpty()
        && !keys.holdsKey()) {
      throw certificate.problem(
          "certificate and key are swapped: it holds the key, " + privateKey + " the certificate",
          "name them the other way round");
    }
  }

  private static void certificateProblems(
      InputFile file, PemContent content, List<Problem> problems) {
    if (content.certificates().isEmpty()) {
      problems.add(
          file.at(
              "it holds no certificate" + content.instead(),
              "it should hold " + file.what() + " in PEM"));
    }
    if (content.holdsKey()) {
      problems.add(
          file.at(
              "it holds a private key, which others may read there",
              "keep the key in its own file, and only the certificates in this one: "
                  + onlyCertificates(file)));
    }
  }

  private static String onlyCertificates(InputFile file) {
    String old = ShellQuoting.typed(file.path().toString());
    String fresh = ShellQuoting.typed(file.path() + ".new");
    return "openssl crl2pkcs7 -nocrl -certfile "
        + old
        + " | openssl pkcs7 -print_certs -out "
        + fresh
        + " && mv "
        + fresh
        + " "
        + old;
  }

  private static Optional<Problem> keyProblem(InputFile file, PemContent content) {
    if (content.encryptedKeys() > 0) {
      return Optional.of(
          file.at(
              "the private key is encrypted; the IoT Edge daemon cannot ask for a passphrase",
              file.converted("openssl pkey", "").replaceFirst("^convert", "decrypt")));
    }
    return switch (content.keys().size()) {
      case 0 ->
          Optional.of(
              file.at(
                  "it holds no private key" + content.instead(),
                  "it should hold " + file.what() + " in PEM"));
      case 1 -> Optional.empty();
      default ->
          Optional.of(
              file.at(
                  "it holds " + content.keys().size() + " private keys",
                  "leave the one that belongs to the certificate"));
    };
  }
}
