package dev.edgefleet.engine.resume;

import dev.edgefleet.journal.RunEvent;
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
  static RecordedStep first(String item) {
    return new RecordedStep(
        item, 0, false, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Whether it may have been done, and there is no saying. */
  public boolean inDoubt() {
    return begun && ended.isEmpty();
  }

  // A word that was said before is not for this attempt.
  RecordedStep withBegun() {
    return new RecordedStep(item, tried, true, notified, Optional.empty(), kept, Optional.empty());
  }

  RecordedStep withTried(int attempt) {
    return new RecordedStep(item, attempt, false, notified, ended, kept, done);
  }

  RecordedStep withNotified(List<String> handlers) {
    return new RecordedStep(item, tried, begun, handlers, ended, kept, done);
  }

  RecordedStep withEnded(RunEvent.StepEnded how) {
    return new RecordedStep(item, tried, begun, notified, Optional.of(how), kept, done);
  }

  RecordedStep withKept(ResumeStep result) {
    return new RecordedStep(item, tried, begun, notified, ended, Optional.of(result), done);
  }

  RecordedStep withWord(boolean wasDone) {
    return new RecordedStep(item, tried, begun, notified, ended, kept, Optional.of(wasDone));
  }
}
