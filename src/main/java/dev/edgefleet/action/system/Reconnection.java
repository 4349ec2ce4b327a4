package dev.edgefleet.action.system;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import java.time.Duration;
import java.util.function.Supplier;

/** Logs in again and again until the device does what is asked of it. */
final class Reconnection {
  private Reconnection() {}

  /**
   * What the attempt gave, the first time it did not throw.
   *
   * @param limit for all attempts together
   * @param sleep between two
   * @param connect for one login
   * @param attempt throws {@link Unreachable}, {@link InDoubt} or {@link StepFailed} when it is too
   *     early
   * @throws StepFailed at the limit, with what the last attempt said
   */
  static <T> T until(
      Duration limit,
      Duration sleep,
      Duration connect,
      ActionContext context,
      Supplier<T> attempt) {
    long ends = System.nanoTime() + limit.toNanos();
    while (true) {
      String why;
      try {
        login(connect, context);
        return attempt.get();
      } catch (Unreachable | InDoubt | StepFailed e) {
        why = e.what();
      }
      if (System.nanoTime() + sleep.toNanos() >= ends) {
        throw new StepFailed(
            "the device did not come back within " + limit.toSeconds() + " s: " + why,
            "look at its console, or give it more time");
      }
      context.pause(sleep);
    }
  }

  // A device that is starting lets nobody in until it is ready to: that is too early, no refusal.
  private static void login(Duration limit, ActionContext context) {
    try {
      context.reconnect(limit);
    } catch (Refused e) {
      throw new StepFailed(e.what(), e.remedy());
    }
  }
}
