package dev.edgefleet.engine;

import dev.edgefleet.failure.StepFailed;

/** What a step says that was waiting when the operator stopped the run. */
final class StoppedByOperator {
  private StoppedByOperator() {}

  static StepFailed whileWaiting() {
    return new StepFailed("the operator stopped the run while it waited", "run again to go on");
  }
}
