package dev.edgefleet.engine;

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
record PastStep(
    String item,
    int tried,
    boolean begun,
    List<String> notified,
    Optional<RunEvent.StepEnded> ended,
    Optional<KeptStep> kept,
    Optional<Boolean> done) {
  static PastStep first(String item) {
    return new PastStep(
        item, 0, false, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Whether it may have been done, and there is no saying. */
  boolean inDoubt() {
    return begun && ended.isEmpty();
  }

  // A word that was said before is not for this attempt.
  PastStep withBegun() {
    return new PastStep(item, tried, true, notified, Optional.empty(), kept, Optional.empty());
  }

  PastStep withTried(int attempt) {
    return new PastStep(item, attempt, false, notified, ended, kept, done);
  }

  PastStep withNotified(List<String> handlers) {
    return new PastStep(item, tried, begun, handlers, ended, kept, done);
  }

  PastStep withEnded(RunEvent.StepEnded how) {
    return new PastStep(item, tried, begun, notified, Optional.of(how), kept, done);
  }

  PastStep withKept(KeptStep result) {
    return new PastStep(item, tried, begun, notified, ended, Optional.of(result), done);
  }

  PastStep withWord(boolean wasDone) {
    return new PastStep(item, tried, begun, notified, ended, kept, Optional.of(wasDone));
  }
}
