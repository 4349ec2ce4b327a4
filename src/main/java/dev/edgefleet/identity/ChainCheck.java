package dev.edgefleet.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** Order and dates of the certificates in one file. */
final class ChainCheck {
  /** The 1.0 and 1.1 daemon reads only two-digit years. */
  private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private ChainCheck() {}

  /** Which certificate is not signed by the one after it, as a sentence. */
  static Optional<String> brokenOrder(List<ChainCertificate> chain) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!signedBy(chain.get(i).holder(), chain.get(i + 1).holder())) {
        return Optional.of(name(chain, i) + " is not signed by " + name(chain, i + 1));
      }
    }
    return Optional.empty();
  }

  /** Which certificate cannot be used now, as a sentence. */
  static Optional<String> unusableNow(List<ChainCertificate> chain, Clock clock) {
    Instant now = clock.instant();
    for (int i = 0; i < chain.size(); i++) {
      Instant notBefore = chain.get(i).notBefore();
      Instant notAfter = chain.get(i).notAfter();
      if (now.isAfter(notAfter)) {
        return Optional.of(name(chain, i) + " expired at " + notAfter);
      }
      if (now.isBefore(notBefore)) {
        return Optional.of(name(chain, i) + " is not valid before " + notBefore);
      }
    }
    return Optional.empty();
  }

  static boolean tooLongForDaemon(ChainCertificate leaf) {
    return !leaf.notAfter().isBefore(YEAR_2050);
  }

  /** For example {@code certificate 2 (CN=Intermediate)}. */
  static String name(List<ChainCertificate> chain, int index) {
    String subject = chain.get(index).subject();
    return (chain.size() == 1 ? "the certificate" : "certificate " + (index + 1))
        + (subject.isEmpty() ? "" : " (" + subject + ")");
  }

  private static boolean signedBy(X509CertificateHolder lower, X509CertificateHolder upper) {
    try {
      return lower.getIssuer().equals(upper.getSubject())
          && lower.isSignatureValid(
              new JcaContentVerifierProviderBuilder().setProvider(KeyMatch.PROVIDER).build(upper));
    } catch (CertException
        | OperatorCreationException
        | java.security.cert.CertificateException
        | RuntimeException e) {
      return false;
    }
  }
}
