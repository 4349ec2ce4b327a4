package dev.edgefleet.rollout;

import java.util.Set;

/** What happens to a rollout. */
public sealed interface Event {
  /** It begins: the first thing that happens, and only once. */
  record Begun() implements Event {}

  /**
   * A device at work failed; it may still be at work.
   *
   * @param fatal whether that alone breaks its wave's budget: {@code any_errors_fatal}
   */
  record Failed(String device, boolean fatal) implements Event {}

  /** A device at work is through. One that failed counts as such, said before or not. */
  record Ended(String device, Result result) implements Event {}

  /** The wave has lasted as long as it had to. */
  record Soaked() implements Event {}

  /** The wave's devices were looked at; the others that came through it are healthy. */
  record GateChecked(Set<String> unhealthy) implements Event {
    public GateChecked {
      unhealthy = Set.copyOf(unhealthy);
    }
  }

  record Approved() implements Event {}

  /** The operator wants no device to start for now. */
  record Paused() implements Event {}

  record Continued() implements Event {}

  /** The operator wants it to end: what is at work goes on to its end, nothing else begins. */
  record Aborted() implements Event {}

  /** How a device came out of its wave. */
  enum Result {
    OK,
    FAILED,
    UNREACHABLE,
    /** It was ended because the wave's budget is broken. */
    STOPPED
  }
}
