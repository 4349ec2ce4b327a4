package dev.edgefleet.transport;

import dev.edgefleet.failure.Refused;

/**
 * The device allows no further command while those run that were started before, as sshd with
 * {@code MaxSessions 1}. Nothing was started. Who closes its other process may start again; for
 * everybody else it is a refusal like any other.
 */
public final class SessionLimit extends Refused {
  /**
   * @param place the device, as operators know it
   */
  public SessionLimit(String place) {
    super(
        place + " allows no further command on this connection",
        "Set MaxSessions in the device's sshd_config to 2 or more.");
  }
}
