package dev.edgefleet.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.journal.StepStatus;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What an attempt comes to, before the playbook says what becomes of failures. */
class AttemptResultTest {
  @Test
  void aCommandThatFailedHasRunAndCountsAsAChange() {
    AttemptResult failed =
        AttemptResult.of(Outcome.failed("exit code 2", "").withValues(Map.of("rc", 2L)));
    assertThat(failed.failed()).isTrue();
    assertThat(failed.value()).containsEntry("changed", true).containsEntry("failed", true);

    AttemptResult forgiven = failed.failed(false);
    assertThat(forgiven.status()).isEqualTo(StepStatus.CHANGED);
    assertThat(forgiven.value())
        .containsEntry("failed", false)
        .containsEntry("failed_when_result", false);
  }

  @Test
  void changedWhenDecidesForWhatWentWell() {
    assertThat(AttemptResult.of(Outcome.changed("x")).changed(false).status())
        .isEqualTo(StepStatus.OK);
    assertThat(AttemptResult.of(Outcome.ok("x")).changed(true).status())
        .isEqualTo(StepStatus.CHANGED);
    assertThat(AttemptResult.of(Outcome.failed("x", "")).changed(true).status())
        .isEqualTo(StepStatus.FAILED);
  }

  @Test
  void failedWhenMakesAFailureOfWhatWentWellAndKeepsWhatItSaid() {
    AttemptResult bad = AttemptResult.of(Outcome.ok("said so")).failed(true);
    assertThat(bad.status()).isEqualTo(StepStatus.FAILED);
    assertThat(bad.outcome().message()).isEqualTo("failed_when holds: said so");
    assertThat(bad.outcome().remedy()).isNotEmpty();
  }

  @Test
  void whatIsSkippedStaysSkipped() {
    AttemptResult skipped = AttemptResult.of(Outcome.skipped("not for this device"));
    assertThat(skipped.failed(false).status()).isEqualTo(StepStatus.SKIPPED);
    assertThat(skipped.value()).containsEntry("skipped", true).containsKey("msg");
  }

  @Test
  void eachFailureHasItsStatus() {
    assertThat(AttemptResult.of(new BadInput("a", "b")).status()).isEqualTo(StepStatus.FAILED);
    assertThat(AttemptResult.of(new StepFailed("a", "b")).status()).isEqualTo(StepStatus.FAILED);
    assertThat(AttemptResult.of(new InDoubt("a", "b")).status()).isEqualTo(StepStatus.IN_DOUBT);
    assertThat(AttemptResult.of(new Unreachable("a", "b")).status())
        .isEqualTo(StepStatus.UNREACHABLE);
    assertThat(AttemptResult.of(new Refused("a", "b")).status()).isEqualTo(StepStatus.UNREACHABLE);
    assertThat(AttemptResult.of(new Unreachable("a", "b")).value())
        .containsEntry("unreachable", true)
        .doesNotContainKey("failed");
  }

  @Test
  void anExitCodeAndTheLastLinesAreKept() {
    AttemptResult failed =
        AttemptResult.of(new StepFailed("a", "b", OptionalInt.of(7), "last lines"));
    assertThat(failed.value()).containsEntry("rc", 7L).containsEntry("msg", "a");
    assertThat(failed.outcome().output()).isEqualTo("last lines");
  }

  @Test
  void anUntilThatNeverHeldIsAFailure() {
    AttemptResult out = AttemptResult.of(Outcome.ok("still 3")).exhausted(5);
    assertThat(out.status()).isEqualTo(StepStatus.FAILED);
    assertThat(out.outcome().message())
        .isEqualTo("after 5 tries its until still does not hold: still 3");
  }

  @Test
  void theOperatorsWordStandsForWhatWasCutOff() {
    assertThat(AttemptResult.saidDone().status()).isEqualTo(StepStatus.CHANGED);
    assertThat(AttemptResult.held().failed()).isTrue();
  }
}
