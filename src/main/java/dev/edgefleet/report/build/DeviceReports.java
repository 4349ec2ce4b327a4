package dev.edgefleet.report.build;

import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.report.model.DevicePlayReport;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.StepReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** What a report says of one device. */
final class DeviceReports {
  private DeviceReports() {}

  /**
   * @param waves the name of this device's wave in a play; empty when it has none
   */
  static DeviceReport of(DeviceFold device, IntFunction<String> waves) {
    List<StepReport> all = device.steps().stream().map(StepReports::of).toList();
    List<DevicePlayReport> plays = new ArrayList<>();
    device
        .parts()
        .forEach(
            (number, part) -> plays.add(PartReports.of(number, part, waves.apply(number), all)));
    Optional<DevicePlayReport> telling = telling(plays);
    return new DeviceReport(
        device.name(),
        plays.reversed().stream()
            .map(DevicePlayReport::wave)
            .filter(wave -> !wave.isEmpty())
            .findFirst()
            .orElse(""),
        telling.map(DevicePlayReport::result).orElse(DeviceResult.NOT_RUN),
        telling.map(DevicePlayReport::message).orElse(""),
        telling.map(DevicePlayReport::remedy).orElse(""),
        plays.stream().mapToLong(DevicePlayReport::millis).sum(),
        List.copyOf(plays),
        all);
  }

  /** The part that says how the device came out of the whole run: the worst. */
  private static Optional<DevicePlayReport> telling(List<DevicePlayReport> plays) {
    boolean begun = plays.stream().anyMatch(part -> part.result() != DeviceResult.NOT_RUN);
    return plays.stream()
        .min(Comparator.comparing(DevicePlayReport::result))
        // What came through one play and never began another is half done.
        .map(
            part ->
                part.result() == DeviceResult.NOT_RUN && begun
                    ? new DevicePlayReport(
                        part.play(), part.wave(), DeviceResult.UNFINISHED, "Not finished", "", 0)
                    : part);
  }
}
