package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;

/** WinRM to Windows devices. Safe for use by many threads. */
public final class WinRmTransport {
  private static final String LOCAL_ACCOUNT =
      "Name a local account of the device and use Basic over HTTPS, or an account of the domain as"
          + " user@REALM and use Kerberos.";

  /**
   * Looks whether the device answers, and over HTTPS whether its certificate is believed. Logging
   * in comes with the first command.
   *
   * @throws BadInput when what the target says of trust cannot be used
   * @throws Unreachable when there is no way to the device
   * @throws Refused when its certificate is not trusted, or the account is one that cannot be used
   */
  public Connection connect(WinRmTarget target) {
    refuseOtherAccounts(target);
    PeerTrust trust = PeerTrust.of(target.trust());
    ReachabilityCheck.check(target, trust);
    return new WinRmConnection(target, trust);
  }

  private static void refuseOtherAccounts(WinRmTarget target) {
    String user = target.user();
    if (user.contains("\\")) {
      throw new Refused(
          "Accounts written DOMAIN\\user need NTLM, which edgefleet does not speak: " + user,
          LOCAL_ACCOUNT);
    }
    boolean realm = user.contains("@");
    if (target.authentication() == Authentication.BASIC && realm) {
      throw new Refused("Basic takes local accounts only, not " + user, LOCAL_ACCOUNT);
    }
    if (target.authentication() == Authentication.KERBEROS && !realm) {
      throw new Refused("Kerberos needs the realm of " + user, "Write user@REALM.");
    }
    if (target.authentication() == Authentication.BASIC && target.password().isEmpty()) {
      throw new Refused("There is no password for " + user, "Give one.");
    }
  }
}
