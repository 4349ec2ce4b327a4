package dev.edgefleet.action.system;

import java.time.Duration;

/**
 * How long a wait has lasted, whatever is done to the clock on the wall meanwhile.
 *
 * @param began as {@link System#nanoTime}
 * @param limit how long it may last
 */
record Countdown(long began, Duration limit) {
  static Countdown of(Duration limit) {
    return new Countdown(System.nanoTime(), limit);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Never less than nothing. */
  Duration left() {
    Duration left = limit.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
