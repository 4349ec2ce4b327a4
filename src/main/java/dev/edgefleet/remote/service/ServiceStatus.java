package dev.edgefleet.remote.service;

import java.util.Optional;

/**
 * What systemd says of a unit.
 *
 * @param exists false when no unit has that name; the other values are then systemd's defaults
 * @param active the ActiveState, such as failed or activating
 * @param sub {@code running}, {@code dead}, {@code auto-restart}, ...
 * @param enabled {@code enabled}, {@code disabled}, {@code static}, {@code masked}, ...
 * @param exitStatus of the main process's last exit; 0 while it never ended
 * @param log after {@link ControlService} only, and only when the unit is not as asked: what
 *     systemctl said and the last lines of the unit's log
 */
public record ServiceStatus(
    boolean exists,
    String active,
    String sub,
    String enabled,
    int exitStatus,
    Optional<String> log) {
  /** True when {@link ControlService} got what it asked for. */
  public boolean asAsked() {
    return log.isEmpty();
  }
}
