package dev.edgefleet.engine.resume;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.StepFold;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a step that a process before this one began.
 *
 * @param item of its id, as it was recorded
 * @param tried how many attempts were made and followed by another
 * @param begun whether one more attempt was begun
 * @param notified paths of the handlers that have to run because of it
 * @param ended how it ended; empty when nobody knows
 * @param kept its result, where one was kept
 * @param done the operator's word, when it was in doubt: true when it was done
 */
public record RecordedStep(
    String item,
    int tried,
    boolean begun,
    List<String> notified,
    Optional<RunEvent.StepEnded> ended,
    Optional<ResumeStep> kept,
    Optional<Boolean> done) {
  /**
   * @param attempts at one step, from the first; not none
   */
  static RecordedStep of(List<StepFold> attempts, Optional<ResumeStep> kept) {
    StepFold last = attempts.getLast();
    return new RecordedStep(
        attempts.getFirst().id().item(),
        attempts.stream()
            .filter(attempt -> attempt.retried().isPresent())
            .mapToInt(attempt -> attempt.id().attempt())
            .max()
            .orElse(0),
        last.hasBegun() && last.retried().isEmpty(),
        attempts.stream()
            .map(StepFold::notified)
            .filter(handlers -> !handlers.isEmpty())
            .reduce((_, later) -> later)
            .orElse(List.of()),
        last.ended(),
        kept,
        last.word());
  }

  /** Whether it may have been done, and there is no saying. */
  public boolean inDoubt() {
    return begun && ended.isEmpty();
  }
}
