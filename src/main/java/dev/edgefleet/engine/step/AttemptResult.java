package dev.edgefleet.engine.step;

import dev.edgefleet.action.Outcome;
import dev.edgefleet.engine.resume.ResumeStep;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a step ended.
 *
 * @param status before {@code ignore_errors} and {@code rescue} are looked at
 * @param value what {@code register} keeps of it
 */
public record AttemptResult(
    StepStatus status, Outcome outcome, Map<String, @Nullable Object> value) {
  static AttemptResult of(Outcome outcome) {
    StepStatus status =
        switch (outcome.status()) {
          case OK -> StepStatus.OK;
          case CHANGED -> StepStatus.CHANGED;
          case SKIPPED -> StepStatus.SKIPPED;
          case FAILED -> StepStatus.FAILED;
        };
    Map<String, @Nullable Object> value = new LinkedHashMap<>(outcome.values());
    value.put("changed", status == StepStatus.CHANGED || changedBeforeItFailed(outcome));
    value.put("failed", status == StepStatus.FAILED);
    if (status == StepStatus.SKIPPED) {
      value.put("skipped", true);
    }
    if (status == StepStatus.FAILED || status == StepStatus.SKIPPED) {
      value.putIfAbsent("msg", outcome.message());
    }
    return new AttemptResult(status, outcome, value);
  }

  // A command that ended badly has run: with "failed_when: false" it counts as a change.
  private static boolean changedBeforeItFailed(Outcome outcome) {
    return outcome.status() == Outcome.Status.FAILED && outcome.values().containsKey("rc");
  }

  static AttemptResult of(Failure failure) {
    StepStatus status =
        switch (failure) {
          case BadInput ignored -> StepStatus.FAILED;
          case StepFailed ignored -> StepStatus.FAILED;
          case InDoubt ignored -> StepStatus.IN_DOUBT;
          case Unreachable ignored -> StepStatus.UNREACHABLE;
          case Refused ignored -> StepStatus.UNREACHABLE;
        };
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    String output = "";
    value.put("changed", false);
    if (status == StepStatus.UNREACHABLE) {
      value.put("unreachable", true);
    } else {
      value.put("failed", true);
    }
    value.put("msg", what(failure));
    if (failure instanceof StepFailed failed) {
      output = failed.outputTail();
      failed.exitCode().ifPresent(code -> value.put("rc", (long) code));
    }
    Outcome outcome = Outcome.failed(what(failure), remedy(failure)).withOutput(output);
    return new AttemptResult(status, outcome, value);
  }

  /** As a process before this one recorded it. */
  static AttemptResult of(RunEvent.StepEnded over, Optional<ResumeStep> kept) {
    StepStatus raw =
        kept.map(ResumeStep::status)
            .orElseGet(
                () ->
                    switch (over.status()) {
                      case IGNORED, RESCUED -> StepStatus.FAILED;
                      default -> over.status();
                    });
    Outcome outcome =
        (raw.isFailure() ? Outcome.failed(over.message(), over.remedy()) : outcome(raw, over))
            .withOutput(over.output());
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    if (kept.isPresent()) {
      value.putAll(kept.get().value());
      outcome =
          outcome
              .withFacts(kept.get().facts())
              .withVariables(kept.get().variables())
              .withIncluded(kept.get().included());
    } else {
      value.put("changed", over.changed());
      value.put("failed", raw.isFailure());
      if (raw == StepStatus.SKIPPED) {
        value.put("skipped", true);
      }
    }
    return new AttemptResult(raw, outcome, value);
  }

  private static Outcome outcome(StepStatus raw, RunEvent.StepEnded over) {
    return switch (raw) {
      case CHANGED -> Outcome.changed(over.message());
      case SKIPPED -> Outcome.skipped(over.message());
      default -> Outcome.ok(over.message());
    };
  }

  /** In doubt, and the operator says that it was done; what it printed is lost. */
  static AttemptResult saidDone() {
    return of(
        Outcome.changed("done before the run was cut off, as the operator says")
            .withValues(Map.of("rc", 0L, "stdout", "", "stderr", "")));
  }

  /** It is neither done nor given up. */
  static AttemptResult held() {
    return new AttemptResult(StepStatus.IN_DOUBT, Outcome.failed("in doubt", ""), Map.of());
  }

  /** Not run, because a condition does not hold. */
  static AttemptResult notWanted(Object condition) {
    Outcome outcome = Outcome.skipped("the condition does not hold: " + condition);
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("changed", false);
    value.put("skipped", true);
    value.put("skip_reason", "Conditional result was False");
    return new AttemptResult(StepStatus.SKIPPED, outcome, value);
  }

  boolean failed() {
    return status.isFailure();
  }

  AttemptResult with(String name, @Nullable Object more) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(value);
    all.put(name, more);
    return new AttemptResult(status, outcome, all);
  }

  AttemptResult with(Map<String, ? extends @Nullable Object> more) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(value);
    all.putAll(more);
    return new AttemptResult(status, outcome, all);
  }

  /** As {@code changed_when} says. */
  AttemptResult changed(boolean changed) {
    StepStatus counted =
        switch (status) {
          case OK, CHANGED -> changed ? StepStatus.CHANGED : StepStatus.OK;
          default -> status;
        };
    return new AttemptResult(counted, outcome, value).with("changed", changed);
  }

  /** As {@code failed_when} says. */
  AttemptResult failed(boolean failed) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(value);
    all.put("failed", failed);
    all.put("failed_when_result", failed);
    if (failed) {
      Outcome bad =
          status.isFailure()
              ? outcome
              : new Outcome(
                  Outcome.Status.FAILED,
                  "failed_when holds"
                      + (outcome.message().isEmpty() ? "" : ": " + outcome.message()),
                  "see what it printed, and the task's failed_when",
                  outcome.values(),
                  outcome.reported(),
                  outcome.changes(),
                  outcome.output(),
                  Map.of(),
                  Map.of(),
                  Map.of());
      return new AttemptResult(status.isFailure() ? status : StepStatus.FAILED, bad, all);
    }
    boolean changed = Boolean.TRUE.equals(all.get("changed"));
    return new AttemptResult(
        status == StepStatus.SKIPPED ? status : changed ? StepStatus.CHANGED : StepStatus.OK,
        outcome,
        all);
  }

  /** {@code until} does not hold and it is not tried again. */
  AttemptResult exhausted(long tries) {
    Outcome out =
        new Outcome(
            Outcome.Status.FAILED,
            "after "
                + tries
                + (tries == 1 ? " try" : " tries")
                + " its until still does not hold"
                + (outcome.message().isEmpty() ? "" : ": " + outcome.message()),
            outcome.remedy().isEmpty()
                ? "see what it printed; retries and delay give it more time"
                : outcome.remedy(),
            outcome.values(),
            outcome.reported(),
            outcome.changes(),
            outcome.output(),
            Map.of(),
            Map.of(),
            Map.of());
    return new AttemptResult(status.isFailure() ? status : StepStatus.FAILED, out, value)
        .with("failed", true);
  }

  // Of bad input the remedy goes apart only when there is one problem: they belong in pairs.
  private static String what(Failure failure) {
    return failure instanceof BadInput bad && bad.problems().size() == 1
        ? bad.problems().getFirst().place().map(place -> place + ": ").orElse("")
            + bad.problems().getFirst().found()
        : failure instanceof BadInput bad
            ? bad.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))
            : failure.what();
  }

  private static String remedy(Failure failure) {
    return failure instanceof BadInput bad && bad.problems().size() == 1
        ? bad.problems().getFirst().remedy()
        : failure.remedy();
  }
}
