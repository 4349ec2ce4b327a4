package dev.edgefleet.report.build;

import dev.edgefleet.journal.fold.FailureSignature;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.WarningGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts what steps warned of by what they said, and adds what the run itself warned of. */
final class WarningGroups {
  private WarningGroups() {}

  private static final class Found {
    private final List<FailureSignature> wordings = new ArrayList<>();
    private final Set<String> devices = new LinkedHashSet<>();

    WarningGroup group() {
      return new WarningGroup(FailureSignature.common(wordings), List.copyOf(devices));
    }
  }

  /** Those of the run first, then the one with most devices. */
  static List<WarningGroup> of(RunFold run, List<DeviceReport> devices) {
    List<WarningGroup> groups = new ArrayList<>();
    run.warnings().forEach(message -> groups.add(new WarningGroup(message, List.of())));
    run.webhooks().stream()
        .filter(call -> !call.delivered())
        .map(call -> "the webhook could not be told of " + call.occasion() + ": " + call.message())
        .distinct()
        .forEach(message -> groups.add(new WarningGroup(message, List.of())));
    Map<FailureSignature.Shape, Found> found = new LinkedHashMap<>();
    for (DeviceReport device : devices) {
      for (StepReport step : device.steps()) {
        for (String warning : step.warnings()) {
          FailureSignature wording = FailureSignature.of(device.name(), warning);
          Found same = found.computeIfAbsent(wording.shape(), _ -> new Found());
          same.wordings.add(wording);
          same.devices.add(device.name());
        }
      }
    }
    found.values().stream()
        .map(Found::group)
        .sorted(Comparator.comparingInt(group -> -group.devices().size()))
        .forEach(groups::add);
    return List.copyOf(groups);
  }
}
