package dev.edgefleet.report.build;

import dev.edgefleet.journal.fold.FailureSignature;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.FailureGroup;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Sorts failures by what went wrong. */
final class FailureGroups {
  private static final int MOST_OUTPUTS = 3;

  private final Map<Kind, List<Found>> groups = new LinkedHashMap<>();

  private FailureGroups() {}

  /** What makes two failures the same; the action does not matter when there was no connection. */
  private record Kind(
      StepResult result,
      String action,
      FailureSignature.Shape message,
      FailureSignature.Shape remedy) {}

  private record Found(
      FailureGroup.Case device, FailureSignature message, FailureSignature remedy, String output) {}

  /** Those for which devices did not come through. */
  static List<FailureGroup> of(List<DeviceReport> devices) {
    FailureGroups groups = new FailureGroups();
    for (DeviceReport device : devices) {
      switch (device.result()) {
        case FAILED -> groups.add(device, StepResult.FAILED);
        case UNREACHABLE -> groups.add(device, StepResult.UNREACHABLE);
        case UNHEALTHY -> groups.add(device, StepResult.FAILED);
        case HELD -> groups.add(device, StepResult.IN_DOUBT);
        case STOPPED, UNFINISHED, NOT_RUN, CHANGED, OK -> {}
      }
    }
    return groups.sorted();
  }

  /** Those after which the playbook said to go on: ignored, or rescued. */
  static List<FailureGroup> tolerated(List<DeviceReport> devices) {
    FailureGroups groups = new FailureGroups();
    for (DeviceReport device : devices) {
      device.steps().stream()
          .filter(step -> step.result().isTolerated())
          .forEach(
              step ->
                  groups.add(
                      device.name(),
                      step.result(),
                      Optional.of(step),
                      step.message(),
                      step.remedy()));
    }
    return groups.sorted();
  }

  private void add(DeviceReport device, StepResult withoutStep) {
    Optional<StepReport> step =
        device.steps().stream().filter(s -> s.result().isFailure()).reduce((_, later) -> later);
    add(
        device.name(),
        step.map(StepReport::result).orElse(withoutStep),
        step,
        device.message(),
        device.remedy());
  }

  private void add(
      String device, StepResult result, Optional<StepReport> step, String said, String advice) {
    FailureSignature message = FailureSignature.of(device, said);
    FailureSignature remedy = FailureSignature.of(device, advice);
    String action = result == StepResult.UNREACHABLE ? "" : step.map(StepReport::action).orElse("");
    groups
        .computeIfAbsent(
            new Kind(result, action, message.shape(), remedy.shape()), _ -> new ArrayList<>())
        .add(
            new Found(
                new FailureGroup.Case(
                    device,
                    said,
                    step.map(StepReport::task).orElse(""),
                    step.map(StepReport::place).orElse("")),
                message,
                remedy,
                step.map(StepReport::output).orElse("")));
  }

  private List<FailureGroup> sorted() {
    return groups.entrySet().stream()
        .map(group -> group(group.getKey().result, group.getValue()))
        .sorted(Comparator.comparingInt(group -> -group.devices().size()))
        .toList();
  }

  private static FailureGroup group(StepResult result, List<Found> found) {
    return new FailureGroup(
        result,
        FailureSignature.common(found.stream().map(Found::message).toList()),
        FailureSignature.common(found.stream().map(Found::remedy).toList()),
        found.getFirst().output(),
        outputs(found),
        found.stream().map(Found::device).toList());
  }

  private static List<FailureGroup.Output> outputs(List<Found> found) {
    SequencedMap<String, List<String>> devices = new LinkedHashMap<>();
    for (Found one : found) {
      if (!one.output.isEmpty()) {
        devices.computeIfAbsent(one.output, _ -> new ArrayList<>()).add(one.device.device());
      }
    }
    return devices.entrySet().stream()
        .map(same -> new FailureGroup.Output(same.getKey(), List.copyOf(same.getValue())))
        .sorted(Comparator.comparingInt(output -> -output.devices().size()))
        .limit(MOST_OUTPUTS)
        .toList();
  }
}
