package dev.edgefleet.engine.wave;

import dev.edgefleet.engine.step.AttemptResult;
import dev.edgefleet.failure.StepFailed;

/** What a step says that was waiting when the operator stopped the run. */
public final class StoppedByOperator {
  private static final String WAITED = "the operator stopped the run while it waited";

  private StoppedByOperator() {}

  public static StepFailed whileWaiting() {
    return new StepFailed(WAITED, "resume the run to go on");
  }

  /**
   * Whether a step that ended while the operator stopped the run was cut short by that: it has no
   * end then, and a resumed run comes back to it.
   *
   * @param cutOff whether its connection was cut off as well
   */
  public static boolean cutShort(AttemptResult ended, boolean cutOff) {
    return switch (ended.status()) {
      case UNREACHABLE, IN_DOUBT -> true;
      case FAILED -> cutOff || ended.outcome().message().equals(WAITED);
      case OK, CHANGED, SKIPPED, IGNORED, RESCUED -> false;
    };
  }
}
