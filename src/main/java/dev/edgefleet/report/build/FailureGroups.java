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

/** Sorts failed devices by what went wrong on them. */
final class FailureGroups {
  private FailureGroups() {}

  /** What makes two failures the same; the action does not matter when there was no connection. */
  private record Kind(
      StepResult result,
      String action,
      FailureSignature.Shape message,
      FailureSignature.Shape remedy) {}

  private record Found(
      FailureGroup.Case device, FailureSignature message, FailureSignature remedy, String output) {}

  static List<FailureGroup> of(List<DeviceReport> devices) {
    Map<Kind, List<Found>> groups = new LinkedHashMap<>();
    for (DeviceReport device : devices) {
      switch (device.result()) {
        case FAILED -> add(groups, device, StepResult.FAILED);
        case UNREACHABLE -> add(groups, device, StepResult.UNREACHABLE);
        case UNHEALTHY -> add(groups, device, StepResult.FAILED);
        case HELD -> add(groups, device, StepResult.IN_DOUBT);
        case STOPPED, UNFINISHED, NOT_RUN, CHANGED, OK -> {}
      }
    }
    return groups.entrySet().stream()
        .map(group -> group(group.getKey().result, group.getValue()))
        .sorted(Comparator.comparingInt(group -> -group.devices().size()))
        .toList();
  }

  private static void add(
      Map<Kind, List<Found>> groups, DeviceReport device, StepResult withoutStep) {
    Optional<StepReport> step =
        device.steps().stream().filter(s -> s.result().isFailure()).reduce((_, later) -> later);
    StepResult result = step.map(StepReport::result).orElse(withoutStep);
    FailureSignature message = FailureSignature.of(device.name(), device.message());
    FailureSignature remedy = FailureSignature.of(device.name(), device.remedy());
    String action = result == StepResult.UNREACHABLE ? "" : step.map(StepReport::action).orElse("");
    groups
        .computeIfAbsent(
            new Kind(result, action, message.shape(), remedy.shape()), _ -> new ArrayList<>())
        .add(
            new Found(
                new FailureGroup.Case(
                    device.name(),
                    device.message(),
                    step.map(StepReport::task).orElse(""),
                    step.map(StepReport::place).orElse("")),
                message,
                remedy,
                step.map(StepReport::output).orElse("")));
  }

  private static FailureGroup group(StepResult result, List<Found> found) {
    return new FailureGroup(
        result,
        FailureSignature.common(found.stream().map(Found::message).toList()),
        FailureSignature.common(found.stream().map(Found::remedy).toList()),
        found.getFirst().output(),
        found.stream().map(Found::device).toList());
  }
}
