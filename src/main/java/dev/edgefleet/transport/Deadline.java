package dev.edgefleet.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One budget of time that several waits share. The clock on the wall may be set meanwhile.
 *
 * @param whole how much it was, for who reads that it was not enough
 */
public record Deadline(long nanos, Duration whole) {
  // Nanoseconds of more do not fit.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  public static Deadline in(Duration limit) {
    Duration within = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    return new Deadline(System.nanoTime() + within.toNanos(), limit);
  }

  public boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }

  /** What is left of it, never less than nothing. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** The same, and a nanosecond when nothing is left: for who takes no zero. */
  public Duration leftAtLeast() {
    return nanos - System.nanoTime() > 0 ? left() : Duration.ofNanos(1);
  }

  /** Whichever comes first. */
  public Deadline earlier(Deadline other) {
    return other.nanos - nanos < 0 ? other : this;
  }

  /** For a sentence: {@code 20 s}. */
  public String told() {
    return whole.toSeconds() > 0 ? whole.toSeconds() + " s" : whole.toMillis() + " ms";
  }

  /** Waits for a result, at most until the deadline. */
  public <T> T await(CompletableFuture<T> result)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(left().toNanos(), TimeUnit.NANOSECONDS);
  }
}
