package dev.edgefleet.engine.wave;

import dev.edgefleet.rollout.Halt;
import java.util.Optional;

/** How far this process came in a play. */
sealed interface PlayEnd {
  /**
   * It is over.
   *
   * @param halt why nothing after it may begin; empty when all may go on
   * @param reason the same as a sentence
   * @param early whether it was stopped, or a lost wave left devices of a rollout that never began
   * @param leavesOut whether devices of this play were stopped on their way or never began
   */
  record Over(Optional<Halt> halt, String reason, boolean early, boolean leavesOut)
      implements PlayEnd {
    /** With nothing left to do, and all may go on. */
    static final Over WELL = new Over(Optional.empty(), "", false, false);
  }

  /** It is not over: another process may go on with it. */
  record Suspended(int exitCode, String reason) implements PlayEnd {}
}
