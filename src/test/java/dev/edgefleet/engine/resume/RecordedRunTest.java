package dev.edgefleet.engine.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.fold.RunFold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a resumed run knows of what was done before it. */
class RecordedRunTest {
  private static final Instant AT = Instant.parse("2026-11-24T08:30:00Z");

  private final RunFold fold = RunFold.whole();
  private long sequence;

  @Test
  void aStepThatBeganAndNeverEndedIsInDoubt() {
    tell(started("1.1", "", 1));
    RecordedStep step = step("1.1", "");
    assertThat(step.inDoubt()).isTrue();
    assertThat(step.tried()).isZero();
  }

  @Test
  void attemptsThatWereFollowedByAnotherCount() {
    tell(started("1.1", "", 1), retried("1.1", "", 1), started("1.1", "", 2));
    assertThat(step("1.1", "").tried()).isEqualTo(1);
    assertThat(step("1.1", "").inDoubt()).isTrue();

    tell(retried("1.1", "", 2));
    assertThat(step("1.1", "").tried()).isEqualTo(2);
    assertThat(step("1.1", "").inDoubt()).as("nobody knows of a third").isFalse();
  }

  @Test
  void anItemIsKnownByItsIndexWhateverItsHash() {
    tell(started("1.1", "2-aaaaaaaa", 1), ended("1.1", "2-aaaaaaaa", StepStatus.CHANGED));
    assertThat(step("1.1", "2-bbbbbbbb").item()).isEqualTo("2-aaaaaaaa");
    assertThat(step("1.1", "2-bbbbbbbb").ended()).isPresent();
  }

  @Test
  void theOperatorsWordIsForTheAttemptItWasSaidOf() {
    StepId id = id("1.1", "", 1);
    tell(started("1.1", "", 1), new RunEvent.DeviceHeld(1, id, "t", "why", "how"));
    RecordedRun run = RecordedRun.of(fold, List.of());
    assertThat(run.held()).extracting(held -> held.step().device()).containsExactly("d");
    run.decide(List.of(new RunEvent.OperatorDecided(id, false, "ann@control")));
    assertThat(run.held()).isEmpty();
    assertThat(run.device("d").step("1.1", "").orElseThrow().done()).contains(false);

    tell(started("1.1", "", 1));
    assertThat(step("1.1", "").done()).isEmpty();
  }

  @Test
  void whatTheOperatorSaysWasDoneIsOverForEveryLaterProcess() {
    StepId third = id("1.1", "", 3);
    tell(started("1.1", "", 1), retried("1.1", "", 1), started("1.1", "", 2));
    tell(retried("1.1", "", 2), started("1.1", "", 3));
    tell(
        new RunEvent.DeviceHeld(1, third, "t", "why", "how"),
        new RunEvent.OperatorDecided(third, true, "ann@control"),
        ended("1.1", "", 3, StepStatus.CHANGED));
    assertThat(step("1.1", "").inDoubt()).isFalse();
    assertThat(step("1.1", "").ended()).isPresent();
    assertThat(step("1.1", "").tried()).isEqualTo(2);
  }

  @Test
  void handlersThatWereNotifiedAreStillDue() {
    tell(
        started("1.1", "", 1),
        new RunEvent.HandlersNotified(id("1.1", "", 1), List.of("1.handler.1")),
        ended("1.1", "", StepStatus.CHANGED));
    assertThat(step("1.1", "").notified()).containsExactly("1.handler.1");
  }

  @Test
  void whoDidATaskForAllIsFound() {
    tell(started("1.1", "", 1), ended("1.1", "", StepStatus.OK));
    RecordedRun run = RecordedRun.of(fold, List.of());
    assertThat(run.doer("1.1", Set.of("d", "e"))).contains("d");
    assertThat(run.doer("1.1", Set.of("e"))).isEmpty();
    assertThat(run.doer("1.2", Set.of("d"))).isEmpty();
  }

  @Test
  void aDeviceThatNobodyKnowsHasNothingBehindIt() {
    RecordedDevice device = RecordedRun.none().device("x");
    assertThat(device.hasStarted(1)).isFalse();
    assertThat(device.step("1.1", "")).isEmpty();
    assertThat(device.lastFailure()).isEmpty();
  }

  private RecordedStep step(String path, String item) {
    return RecordedRun.of(fold, List.of()).device("d").step(path, item).orElseThrow();
  }

  private void tell(RunEvent... events) {
    for (RunEvent event : events) {
      sequence++;
      fold.add(new JournalEntry(sequence, AT.plusSeconds(sequence), event, "00"));
    }
  }

  private static StepId id(String path, String item, int attempt) {
    return new StepId("r", "d", path, item, attempt);
  }

  private static RunEvent started(String path, String item, int attempt) {
    return new RunEvent.StepStarted(id(path, item, attempt), "t", "copy", "p.yml:1:1");
  }

  private static RunEvent retried(String path, String item, int attempt) {
    return new RunEvent.StepRetried(id(path, item, attempt), "t", "copy", 5, "not yet");
  }

  private static RunEvent ended(String path, String item, StepStatus status) {
    return ended(path, item, 1, status);
  }

  private static RunEvent ended(String path, String item, int attempt, StepStatus status) {
    return new RunEvent.StepEnded(
        id(path, item, attempt),
        "t",
        "copy",
        "p.yml:1:1",
        status,
        status == StepStatus.CHANGED,
        5,
        "",
        "",
        List.of(),
        "",
        Map.of(),
        "");
  }
}
