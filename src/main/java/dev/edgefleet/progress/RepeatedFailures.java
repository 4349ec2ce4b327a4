package dev.edgefleet.progress;

import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.report.fold.RunningFailures;
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

  private final RunningFailures failures = new RunningFailures();
  private final SequencedMap<Kind, Untold> untold = new LinkedHashMap<>();
  private Instant toldAt = Instant.MIN;

  private record Kind(String task, String status, String cause) {}

  /** What one line says of many. */
  record Untold(RunningFailures.Group group, int more) {}

  /** Whether a failed step is to have its own line; if not it is counted. */
  boolean tells(StepEnded failed) {
    RunningFailures.Group group = failures.add(failed);
    if (group.devices() <= TOLD) {
      return true;
    }
    untold.merge(
        new Kind(group.task(), group.status().name(), group.cause()),
        new Untold(group, 1),
        (before, one) -> new Untold(group, before.more() + 1));
    return false;
  }

  /** Counts one that had its line elsewhere. */
  void recall(StepEnded failed) {
    failures.add(failed);
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
