package dev.edgefleet.progress;

import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.fold.RunningFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Which failures get a line of their own, and what is said of the others together. */
final class RepeatedFailures {
  private static final int TOLD = 3;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final RunningFailures failures;
  private final SequencedMap<Kind, Untold> untold = new LinkedHashMap<>();
  private Instant toldAt = Instant.MIN;

  private record Kind(String task, String status, String cause) {}

  /** What one line says of many. */
  record Untold(RunningFailures.Group group, int more) {}

  /**
   * @param failures in which each failed step is counted before it is asked for here
   */
  RepeatedFailures(RunningFailures failures) {
    this.failures = failures;
  }

  /** Whether a failed step is to have its own line; if not it is told of later. */
  boolean tells(StepEnded failed) {
    RunningFailures.Group group = failures.of(failed);
    if (group.devices() <= TOLD) {
      return true;
    }
    untold.merge(
        new Kind(group.task(), group.status().name(), group.cause()),
        new Untold(group, 1),
        (before, one) -> new Untold(group, before.more() + 1));
    return false;
  }

  /** What is still to be said, once some seconds have passed since the last time. */
  List<Untold> due(Instant now) {
    return untold.isEmpty() || toldAt.plus(PAUSE).isAfter(now) ? List.of() : all(now);
  }

  /** What is still to be said. */
  List<Untold> all(Instant now) {
    List<Untold> all = new ArrayList<>(untold.values());
    untold.clear();
    toldAt = now;
    return all;
  }
}
