package dev.edgefleet.engine;

import dev.edgefleet.rollout.Halt;
import java.util.Optional;

/** How far this process came in a play. */
sealed interface PlayEnd {
  /**
   * It is over.
   *
   * @param halt why nothing after it may begin; empty when all may go on
   * @param reason the same as a sentence
   */
  record Over(Optional<Halt> halt, String reason) implements PlayEnd {}

  /** It is not over: another process may go on with it. */
  record Suspended(int exitCode, String reason) implements PlayEnd {}
}
