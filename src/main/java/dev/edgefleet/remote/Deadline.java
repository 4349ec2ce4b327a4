package dev.edgefleet.remote;

import java.time.Duration;

/**
 * When something has to be over.
 *
 * @param at by {@link System#nanoTime()}
 * @param limit how long it was given
 */
record Deadline(long at, Duration limit) {
  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos(), limit);
  }

  /** Nanoseconds left; negative when it is over. */
  long left() {
    return at - System.nanoTime();
  }

  /** What is left, and a nanosecond when nothing is. */
  Duration leftAtLeast() {
    return Duration.ofNanos(Math.max(1, left()));
  }

  Deadline earlier(Deadline other) {
    return other.at - at < 0 ? other : this;
  }

  /** For a sentence: {@code 20 s}. */
  String told() {
    return limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
