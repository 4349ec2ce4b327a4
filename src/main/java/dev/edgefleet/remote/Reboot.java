package dev.edgefleet.remote;

import java.time.Duration;
import java.util.Map;

/**
 * Has the device start anew. It answers first and goes down a second after that, so that a refusal
 * is known.
 *
 * @param delay how long the device waits beyond that; whole seconds
 */
public record Reboot(Duration delay) implements Operation<Changed> {
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
  public Changed result(Reply reply) {
    return new Changed(reply.flag("changed"));
  }
}
