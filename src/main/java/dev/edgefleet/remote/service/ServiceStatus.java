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
  /** What a reply says of a unit. */
  static ServiceStatus of(Reply reply) {
    boolean asAsked = reply.optional("as_asked").map(word -> reply.flag("as_asked")).orElse(true);
    return new ServiceStatus(
        reply.flag("exists"),
        reply.value("active"),
        reply.value("sub"),
        reply.value("enabled"),
        Math.toIntExact(reply.number("exit_status")),
        asAsked ? Optional.empty() : Optional.of(reply.text()));
  }

  /** True when {@link ControlService} got what it asked for. */
  public boolean asAsked() {
    return log.isEmpty();
  }
}
