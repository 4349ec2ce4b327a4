package dev.edgefleet.remote.system;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Waits on the device until a path is there, or is not, or is no longer as it was. Not on Windows.
 *
 * @param stamp what it was when it was looked at last, where it is to change
 * @param patience longest to wait; it looks at least once
 * @param sleep pause between two looks, in whole seconds
 */
public record WaitForPath(
    String path, Awaited awaited, String stamp, Duration patience, Duration sleep)
    implements Operation<WaitForPath.Seen> {
  /** What is waited for. */
  public enum Awaited {
    PRESENT,
    ABSENT,
    CHANGED
  }

  /**
   * How it stands.
   *
   * @param stamp another one once the file was written to or replaced
   */
  public record Seen(boolean reached, String stamp) {}

  @Override
  public String script() {
    return "wait-path";
  }

  @Override
  public String purpose() {
    return "wait for " + path;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("path", path);
    parameters.put("wanted", awaited.name().toLowerCase(Locale.ROOT));
    parameters.put("stamp", stamp);
    parameters.put("seconds", String.valueOf(patience.toSeconds()));
    parameters.put("sleep", String.valueOf(Math.max(1, sleep.toSeconds())));
    return parameters;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public Seen result(Reply reply) {
    return new Seen(reply.flag("reached"), reply.value("stamp"));
  }
}
