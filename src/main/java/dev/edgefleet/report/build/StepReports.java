package dev.edgefleet.report.build;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.fold.StepFold;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a report says of one attempt at a step. */
final class StepReports {
  private static final Set<String> ELSEWHERE = Set.of(RunEvent.WARNINGS, "modules");

  private StepReports() {}

  static StepReport of(StepFold step) {
    Optional<StepEnded> ended = step.ended();
    Optional<StepStarted> begun = step.begun();
    return new StepReport(
        step.play(),
        step.id().path(),
        step.id().item(),
        step.id().attempt(),
        ended.map(StepEnded::item).orElse(""),
        ended.map(StepEnded::task).or(() -> begun.map(StepStarted::task)).orElse(""),
        ended.map(StepEnded::action).or(() -> begun.map(StepStarted::action)).orElse(""),
        ended.map(StepEnded::place).or(() -> begun.map(StepStarted::place)).orElse(""),
        result(step),
        ended.filter(StepEnded::changed).isPresent(),
        step.started(),
        ended.map(StepEnded::millis).or(() -> step.retried().map(StepRetried::millis)).orElse(0L),
        message(step),
        ended.map(StepEnded::remedy).or(() -> step.held().map(DeviceHeld::remedy)).orElse(""),
        ended.map(StepEnded::diffs).orElse(List.of()),
        ended.map(StepEnded::output).orElse(""),
        ended.map(StepEnded::warnings).orElse(List.of()),
        ended.map(StepReports::values).orElse(Map.of()),
        step.isResumed(),
        step.decision());
  }

  /** What stands in the report in a place of its own is left out. */
  private static Map<String, Object> values(StepEnded ended) {
    Map<String, Object> values = new LinkedHashMap<>(ended.values());
    values.keySet().removeAll(ELSEWHERE);
    return Collections.unmodifiableMap(values);
  }

  private static StepResult result(StepFold step) {
    return step.ended()
        .map(ended -> StepResult.of(ended.status()))
        .or(() -> step.retried().map(_ -> StepResult.RETRIED))
        .or(() -> step.held().map(_ -> StepResult.IN_DOUBT))
        .orElse(StepResult.UNFINISHED);
  }

  private static String message(StepFold step) {
    return step.ended()
        .map(StepEnded::message)
        .or(() -> step.retried().map(StepRetried::message))
        .or(() -> step.held().map(DeviceHeld::message))
        .orElse("Started; the journal does not say how it ended");
  }
}
