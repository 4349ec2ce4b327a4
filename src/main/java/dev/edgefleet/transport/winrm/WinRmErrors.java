package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Said;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/** What operators read when WinRM fails. */
final class WinRmErrors {
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private static final long ACCESS_DENIED = 5;
  // The second is Windows' own number for a request that was called off.
  private static final Set<Long> GONE = Set.of(WsmanFailure.UNKNOWN_SHELL, 995L);

  private static final String HTTPS_LISTENER =
      "Set up the HTTPS listener on the device (New-Item WSMan:\\localhost\\Listener -Transport"
          + " HTTPS …) and connect to it";

  private WinRmErrors() {}

  /** There is no way to the device, or none that can be trusted. */
  static Failure unreachable(WinRmTarget target, PeerTrust trust, Throwable cause) {
    if (Thread.currentThread().isInterrupted()) {
      return new Unreachable("The run was interrupted", "Run again when ready.", cause);
    }
    if (cause instanceof SSLException) {
      return untrusted(target, trust, cause);
    }
    if (cause instanceof UnknownHostException) {
      return new Unreachable(
          "No address is known for " + target.host(), "Check the name, and the resolver.", cause);
    }
    if (cause instanceof Allowance.Exceeded exceeded && !exceeded.silent()) {
      return new Unreachable(
          target.place() + " does not answer as a WinRM service should: " + reason(cause),
          "Check what listens there, the load of the device and the link to it.",
          cause);
    }
    String reason =
        switch (cause) {
          case SocketTimeoutException silent -> "it did not answer in time";
          case NoRouteToHostException none -> "there is no route to it";
          case ConnectException refused -> "nothing listens on that port";
          default -> reason(cause);
        };
    return new Unreachable(
        target.place() + " cannot be reached by WinRM: " + reason,
        "Check address and port, the firewall, and that the WinRM service runs (winrm quickconfig).",
        cause);
  }

  private static Failure untrusted(WinRmTarget target, PeerTrust trust, Throwable cause) {
    CertificateException verdict = null;
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof CertificateException found) {
        verdict = found;
      }
    }
    boolean names = cause instanceof javax.net.ssl.SSLPeerUnverifiedException;
    if (verdict == null && !names) {
      return new Unreachable(
          target.place() + " and edgefleet could not agree on TLS: " + reason(cause),
          "Check that HTTPS is spoken on that port, and the TLS versions of the device.",
          cause);
    }
    String shown = trust.fingerprint().orElse("unknown");
    return new Refused(
        "The certificate of "
            + target.place()
            + " is not trusted: "
            + reason(verdict == null ? cause : verdict)
            + "; its SHA-256 fingerprint is "
            + shown,
        "Compare the fingerprint on the device itself and pin it, or name the file of the authority"
            + " that signed the certificate.",
        cause);
  }

  /** A request got no good answer. */
  static Failure of(WinRmTarget target, PeerTrust trust, IOException thrown) {
    if (!(thrown instanceof WsmanFailure failure)) {
      return unreachable(target, trust, thrown);
    }
    return switch (failure.status()) {
      case 0 -> {
        Throwable cause = failure.getCause();
        yield cause instanceof LoginException
            ? noTicket(target, cause)
            : unreachable(target, trust, cause == null ? failure : cause);
      }
      case UNAUTHORIZED -> unauthorized(target, failure);
      case NOT_FOUND ->
          new Unreachable(
              target.place() + " has no WinRM service at " + target.path(), "Check port and path.");
      case TOO_LARGE ->
          new StepFailed(
              target.place() + " takes no request as large as this",
              "Set MaxEnvelopeSizekb on the device to 500: winrm set winrm/config"
                  + " @{MaxEnvelopeSizekb=\"500\"}.");
      case SERVER_ERROR -> serverError(target, failure);
      default ->
          new Unreachable(
              target.place() + " answered with " + Said.of(failure.getMessage()),
              "Check that it is a WinRM service.");
    };
  }

  private static Failure serverError(WinRmTarget target, WsmanFailure failure) {
    if (failure.faultCode() == 0 && !target.https()) {
      return new Refused(
          target.place()
              + " refuses what is not encrypted, and edgefleet encrypts nothing over HTTP",
          HTTPS_LISTENER
              + ", or allow it on a network of its own: winrm set winrm/config/service"
              + " @{AllowUnencrypted=\"true\"}.");
    }
    if (GONE.contains(failure.faultCode())) {
      return new InDoubt(
          target.place()
              + " ended the shell that the command ran in: "
              + Said.of(failure.getMessage()),
          "Look whether the device, or its WinRM service, was restarted, and how far it got.");
    }
    if (failure.faultCode() == ACCESS_DENIED) {
      return new StepFailed(
          target.place() + " denies " + target.user() + " access: " + Said.of(failure.getMessage()),
          "Make the account a local administrator of the device. One that is not the built-in"
              + " Administrator needs LocalAccountTokenFilterPolicy 1 as well: docs/windows.md has"
              + " the line.");
    }
    return new StepFailed(
        target.place() + " did not do what was asked: " + Said.of(failure.getMessage()),
        "Look into the device's event log, Microsoft-Windows-WinRM/Operational"
            + (failure.faultCode() == 0
                ? "."
                : ", for the fault "
                    + failure.faultCode()
                    + ", or ask it: winrm helpmsg 0x"
                    + Long.toHexString(failure.faultCode())
                    + "."));
  }

  private static Failure noTicket(WinRmTarget target, Throwable cause) {
    String reason = reason(cause);
    String text = reason.toLowerCase(Locale.ROOT);
    String remedy;
    if (text.contains("(24)") || text.contains("pre-authentication") || text.contains("checksum")) {
      remedy = "Check the account's password.";
    } else if (text.contains("(6)") || text.contains("client not found")) {
      remedy = "Check the account's name, and its realm: the realm does not know it.";
    } else if (text.contains("(37)") || text.contains("clock skew")) {
      remedy = "Set this machine's clock by that of the realm.";
    } else if (text.contains("kdc") || text.contains("realm")) {
      remedy = "Name the realm and its KDC in /etc/krb5.conf, and check that it can be reached.";
    } else {
      remedy =
          "Check the account, its password, and the realm in krb5.conf; try kinit "
              + target.user()
              + ".";
    }
    return new Refused("Kerberos gives " + target.user() + " no ticket: " + reason, remedy, cause);
  }

  private static Failure unauthorized(WinRmTarget target, WsmanFailure failure) {
    String account =
        target.place()
            + " does not let in "
            + target.user()
            + " by "
            + target.authentication().title();
    boolean offered =
        failure.schemes().stream()
            .anyMatch(
                scheme ->
                    target.authentication() == Authentication.BASIC
                        ? scheme.equalsIgnoreCase("Basic")
                        : scheme.equalsIgnoreCase("Negotiate")
                            || scheme.equalsIgnoreCase("Kerberos"));
    if (offered) {
      return new Refused(
          account,
          target.authentication() == Authentication.BASIC
              ? "Check user and password, and that the account may use WinRM."
              : "Check that the account may use WinRM, and that HTTP/"
                  + target.host()
                  + " is a service of the realm (setspn -L).");
    }
    String offers =
        failure.schemes().isEmpty()
            ? "nothing"
            : "only " + Said.of(String.join(", ", failure.schemes()));
    return new Refused(
        account + ": it offers " + offers,
        target.authentication() == Authentication.BASIC
            ? (target.https() ? "Allow Basic" : HTTPS_LISTENER + ", and allow Basic")
                + ": winrm set winrm/config/service/auth @{Basic=\"true\"}."
            : "Allow Kerberos on the device: winrm set winrm/config/service/auth"
                + " @{Kerberos=\"true\"}.");
  }

  /** The command's outcome is not known. */
  static InDoubt unknown(WinRmTarget target, String what, @Nullable Throwable cause) {
    return new InDoubt(
        what.formatted(target.place()),
        "Look on the device how far it got" + (cause == null ? ", or give it more time." : "."),
        cause);
  }

  static String reason(@Nullable Throwable cause) {
    String text = cause == null ? null : cause.getMessage();
    String said = Said.of(text);
    return said.isEmpty() ? "no reason given" : said;
  }
}
