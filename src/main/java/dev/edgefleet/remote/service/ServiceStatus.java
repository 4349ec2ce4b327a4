package dev.edgefleet.remote.service;

import dev.edgefleet.remote.Reply;
import java.util.Optional;

/**
 * What systemd says of a unit.
 *
 * @param exists false when no unit has that name; the other values are then systemd's defaults
 * @param active the ActiveState, such as failed or activating
 * @param sub {@code running}, {@code dead}, {@code auto-restart}, ...
 * @param enabled {@code enabled}, {@code disabled}, {@code static}, {@code masked}, ...
 * @param exitStatus of the main process's last exit, or the signal that ended it; 0 while it never
 *     ended, and after a {@link ControlService} that started nothing
 * @param stale whether its unit file changed on the disk and systemd still works with the old one
 * @param failure after {@link ControlService} only, and only when the unit is not as asked
 */
public record ServiceStatus(
    boolean exists,
    String active,
    String sub,
    String enabled,
    int exitStatus,
    boolean stale,
    Optional<ServiceFailure> failure) {
  /** What a reply says of a unit. */
  static ServiceStatus of(Reply reply) {
    boolean asAsked = reply.optional("as_asked").map(word -> reply.flag("as_asked")).orElse(true);
    return new ServiceStatus(
        reply.flag("exists"),
        reply.value("active"),
        reply.value("sub"),
        reply.value("enabled"),
        Math.toIntExact(reply.number("exit_status")),
        reply.optional("stale").isPresent() && reply.flag("stale"),
        asAsked ? Optional.empty() : Optional.of(ServiceFailure.of(reply)));
  }

  /** True when {@link ControlService} got what it asked for. */
  public boolean asAsked() {
    return failure.isEmpty();
  }
}
