package dev.edgefleet.transport.winrm;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;

/** WinRM to Windows devices. Safe for use by many threads. */
public final class WinRmTransport {
  /**
   * Looks whether the device answers, and over HTTPS whether its certificate is believed. Logging
   * in comes with the first command.
   *
   * @throws BadInput when what the target says of trust cannot be used
   * @throws Unreachable when there is no way to the device
   * @throws Refused when its certificate is not trusted, or there is no password
   */
  public Connection connect(WinRmTarget target) {
    requirePassword(target);
    PeerTrust trust = PeerTrust.of(target.trust());
    ReachabilityCheck.check(target, trust);
    return new WinRmConnection(target, trust);
  }

  /**
   * Looks whether what is to be believed can be read.
   *
   * @throws BadInput when it cannot
   */
  public static void check(Trust trust) {
    PeerTrust.of(trust);
  }

  private static void requirePassword(WinRmTarget target) {
    if (target.authentication() == Authentication.BASIC && target.password().isEmpty()) {
      throw new Refused(
          "There is no password for " + target.user(),
          "Set ansible_password, or use -k to be asked for it.");
    }
  }
}
