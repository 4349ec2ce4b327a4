package dev.edgefleet.simulator.winrm;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the simulated service is set up.
 *
 * @param accounts passwords by user, for Basic
 * @param tls none for HTTP
 * @param kerberos the service's own key; none when only Basic is offered
 * @param allowUnencrypted as the setting of that name: without it HTTP is of no use to clients that
 *     do not encrypt messages themselves
 * @param maxTimeout longest a request is held, whatever it asks for
 * @param maxEnvelope largest request, in bytes
 * @param hold how long output is held back for more to come with it
 */
public record WinRmSettings(
    Map<String, String> accounts,
    Optional<SSLContext> tls,
    Optional<ServiceKey> kerberos,
    boolean allowUnencrypted,
    Duration maxTimeout,
    int maxEnvelope,
    Duration hold) {
  private static final int MAX_ENVELOPE = 500 * 1024;

  public WinRmSettings {
    accounts = Map.copyOf(accounts);
  }

  /** HTTP with Basic, what is not encrypted allowed, the limits of Windows. */
  public static WinRmSettings basic(String user, String password) {
    return new WinRmSettings(
        Map.of(user, password),
        Optional.empty(),
        Optional.empty(),
        true,
        Duration.ofSeconds(60),
        MAX_ENVELOPE,
        Duration.ofMillis(50));
  }

  /** The same over HTTPS. */
  public WinRmSettings withTls(SSLContext context) {
    return new WinRmSettings(
        accounts, Optional.of(context), kerberos, allowUnencrypted, maxTimeout, maxEnvelope, hold);
  }

  /** The same with Kerberos beside Basic. */
  public WinRmSettings withKerberos(ServiceKey key) {
    return new WinRmSettings(
        accounts, tls, Optional.of(key), allowUnencrypted, maxTimeout, maxEnvelope, hold);
  }

  /** The same refusing what is not encrypted, as Windows does unless told otherwise. */
  public WinRmSettings refusingUnencrypted() {
    return new WinRmSettings(accounts, tls, kerberos, false, maxTimeout, maxEnvelope, hold);
  }

  /** The same with another limit of time for a request. */
  public WinRmSettings withMaxTimeout(Duration limit) {
    return new WinRmSettings(accounts, tls, kerberos, allowUnencrypted, limit, maxEnvelope, hold);
  }

  /** The same with another limit of size for a request. */
  public WinRmSettings withMaxEnvelope(int bytes) {
    return new WinRmSettings(accounts, tls, kerberos, allowUnencrypted, maxTimeout, bytes, hold);
  }
}
