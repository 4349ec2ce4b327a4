package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.StepStatus;

/**
 * How many of a device's steps came out how.
 *
 * @param ok also those that changed something
 * @param millis they took together
 */
public record StepCounts(int ok, int changed, int skipped, int rescued, int ignored, long millis) {
  public static final StepCounts NONE = new StepCounts(0, 0, 0, 0, 0, 0);

  StepCounts and(StepEnded step) {
    return new StepCounts(
        ok + one(step, StepStatus.OK) + one(step, StepStatus.CHANGED),
        changed + one(step, StepStatus.CHANGED),
        skipped + one(step, StepStatus.SKIPPED),
        rescued + one(step, StepStatus.RESCUED),
        ignored + one(step, StepStatus.IGNORED),
        millis + step.millis());
  }

  private static int one(StepEnded step, StepStatus status) {
    return step.status() == status ? 1 : 0;
  }
}
