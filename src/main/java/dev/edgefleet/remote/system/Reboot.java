package dev.edgefleet.remote.system;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.time.Duration;
import java.util.Map;

/**
 * Has the device start anew. It answers first and goes down a second after that, so that a refusal
 * is known. Notes before it acts which start of the device it saw: the same step coming again
 * reboots nothing when that is over.
 *
 * @param delay how long the device waits beyond that; whole seconds
 */
public record Reboot(Duration delay) implements Operation<Reboot.Going> {
  /**
   * How it was taken.
   *
   * @param already this very step had the device reboot before, and it has been down since
   */
  public record Going(boolean already) {}

  @Override
  public String script() {
    return "reboot";
  }

  @Override
  public String purpose() {
    return "reboot";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("delay", Long.toString(delay.toSeconds()));
  }

  @Override
  public Going result(Reply reply) {
    return new Going(reply.flag("already"));
  }
}
