package dev.edgefleet.report.build;

import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.ModuleTable;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.Totals;
import java.util.List;
import java.util.stream.IntStream;

/** A report of many devices, made from one of fewer: writing their journal would take minutes. */
public final class LargeFleet {
  private LargeFleet() {}

  /** Every device so many times, each under a name and in a wave of its own number. */
  public static RunReport of(RunReport report, int times) {
    List<DeviceReport> devices =
        IntStream.rangeClosed(1, times)
            .boxed()
            .flatMap(n -> report.devices().stream().map(device -> copy(device, n)))
            .toList();
    List<ModuleTable.Row> rows =
        IntStream.rangeClosed(1, times)
            .boxed()
            .flatMap(
                n ->
                    report.modules().devices().stream()
                        .map(r -> new ModuleTable.Row(r.device() + "-" + n, r.modules())))
            .toList();
    return new RunReport(
        report.format(),
        report.run(),
        Totals.of(devices),
        FailureGroups.of(devices),
        FailureGroups.tolerated(devices),
        report.warnings(),
        report.plays(),
        new ModuleTable(report.modules().modules(), rows),
        devices);
  }

  private static DeviceReport copy(DeviceReport device, int number) {
    return new DeviceReport(
        device.name() + "-" + number,
        "hall " + number,
        device.result(),
        device.message(),
        device.remedy(),
        device.millis(),
        device.plays(),
        device.steps());
  }
}
