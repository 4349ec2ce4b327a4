package dev.edgefleet.journal.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time a wave had to last.
 *
 * @param seconds how long
 * @param started UTC
 * @param ended UTC; absent while it lasts
 */
public record SoakRecord(long seconds, Instant started, Optional<Instant> ended) {
  /**
   * What is left of it for another process, which has only the clock on the wall. Where that was
   * set back meanwhile nobody knows how long it lasted, and all of it is left.
   *
   * @param time how long it has to last now, which may have been changed since it began
   */
  public Duration left(Duration time, Instant now) {
    Duration lasted = Duration.between(started, now);
    if (lasted.isNegative()) {
      return time;
    }
    return lasted.compareTo(time) < 0 ? time.minus(lasted) : Duration.ZERO;
  }
}
