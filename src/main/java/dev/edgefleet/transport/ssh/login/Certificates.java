package dev.edgefleet.transport.ssh.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The user certificates of a run, each file read once. Safe for use by many threads. */
public final class Certificates {
  private static final String MARK = "-cert-v01@openssh.com";

  private final Map<Path, Optional<OpenSshCertificate>> read = new ConcurrentHashMap<>();

  /** The certificate in a file; empty when there is no such file, or no certificate in it. */
  Optional<OpenSshCertificate> in(Path file) {
    return read.computeIfAbsent(file, Certificates::readFile);
  }

  /** Where a private key's certificate stands. */
  static Path beside(Path key) {
    String name = key.getFileName().toString().replaceFirst("\\.pub$", "");
    return key.resolveSibling(name + "-cert.pub");
  }

  private static Optional<OpenSshCertificate> readFile(Path file) {
    return publicKey(file)
        .filter(OpenSshCertificate.class::isInstance)
        .map(OpenSshCertificate.class::cast);
  }

  /** The first public key or certificate in a file; empty when there is none. */
  static Optional<PublicKey> publicKey(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.ofNullable(
              AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(file).strip())
                  .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING))
          : Optional.empty();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  static boolean isOne(PublicKey key) {
    return key instanceof OpenSshCertificate;
  }

  static String plainAlgorithm(String algorithm) {
    return algorithm.replace(MARK, "");
  }

  /**
   * Why a certificate cannot be used to log in: the end of a sentence that begins with its name.
   */
  static Optional<String> fault(OpenSshCertificate certificate, Instant now) {
    if (certificate.getType() != OpenSshCertificate.Type.USER) {
      return Optional.of("is for a host and not for a user");
    }
    long seconds = now.getEpochSecond();
    if (Long.compareUnsigned(seconds, certificate.getValidBefore()) >= 0) {
      return Optional.of("expired at " + Instant.ofEpochSecond(certificate.getValidBefore()));
    }
    if (Long.compareUnsigned(seconds, certificate.getValidAfter()) < 0) {
      return Optional.of(
          "is not valid before " + Instant.ofEpochSecond(certificate.getValidAfter()));
    }
    return Optional.empty();
  }

  /** What the operator looks at when a server does not take it. */
  static String describe(OpenSshCertificate certificate) {
    return "certificate "
        + certificate.getId()
        + " for "
        + (certificate.getPrincipals().isEmpty()
            ? "anyone"
            : String.join(", ", certificate.getPrincipals()));
  }
}
