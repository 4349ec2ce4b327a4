package dev.edgefleet;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * Waits for what is to happen, as long as even a very busy machine may take: a test that waits less
 * judges the machine and not the program.
 */
public final class Await {
  /** What takes longer than this hangs, however busy the machine is. */
  public static final Duration LONGEST = Duration.ofMinutes(3);

  private static final long LONGEST_PAUSE_MILLIS = 250;

  private Await() {}

  /**
   * Waits until something holds.
   *
   * @param what it is waited for, for the failure's words
   * @throws AssertionError when it does not hold for three minutes
   */
  public static void until(Object what, Callable<Boolean> holds) {
    Instant limit = Instant.now().plus(LONGEST);
    long pause = 10;
    try {
      while (!holds.call()) {
        if (Instant.now().isAfter(limit)) {
          throw new AssertionError("waited %s for: %s".formatted(LONGEST, what));
        }
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while it waited for: " + what, e);
    } catch (Exception e) {
      throw new AssertionError("could not look for: " + what, e);
    }
  }

  /** Waits until a process has ended. */
  public static void end(Process process) {
    until("the end of " + process.info().command().orElse("a process"), () -> !process.isAlive());
  }
}
