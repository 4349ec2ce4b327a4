package dev.edgefleet.report.build;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.GatePath;
import dev.edgefleet.journal.fold.PartFold;
import dev.edgefleet.report.model.DevicePlayReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a report says of one device in one play. */
final class PartReports {
  private PartReports() {}

  /** How a device came out of a play; one that is not for it is not run. */
  static DeviceResult result(DeviceFold device, int play) {
    return device.part(play).map(PartReports::result).orElse(DeviceResult.NOT_RUN);
  }

  private static DeviceResult result(PartFold part) {
    Optional<DeviceStatus> status = part.status();
    if (status.isEmpty()) {
      if (part.held().isPresent()) {
        return DeviceResult.HELD;
      }
      return part.started().isPresent() ? DeviceResult.UNFINISHED : DeviceResult.NOT_RUN;
    }
    return switch (status.get()) {
      case FAILED -> DeviceResult.FAILED;
      case UNREACHABLE -> DeviceResult.UNREACHABLE;
      case STOPPED -> DeviceResult.STOPPED;
      case OK -> {
        if (part.isUnhealthy()) {
          yield DeviceResult.UNHEALTHY;
        }
        yield part.isChanged() ? DeviceResult.CHANGED : DeviceResult.OK;
      }
    };
  }

  /**
   * @param wave the name of its wave; empty when it has none
   * @param all the device's steps
   */
  static DevicePlayReport of(int play, PartFold part, String wave, List<StepReport> all) {
    List<StepReport> steps = all.stream().filter(step -> step.play() == play).toList();
    DeviceResult result = result(part);
    return new DevicePlayReport(
        play,
        wave,
        result,
        message(part, result, steps),
        remedy(part, result, steps),
        part.took().toMillis());
  }

  private static String message(PartFold part, DeviceResult result, List<StepReport> steps) {
    return switch (result) {
      case FAILED, UNREACHABLE ->
          failure(steps)
              .map(StepReport::message)
              .orElse("Ended as " + result.word() + "; no step says why");
      case HELD -> part.held().map(DeviceHeld::message).orElse("");
      case UNHEALTHY ->
          gate(steps).map(StepReport::message).orElse("Not as the gate wants it; no step says why");
      case UNFINISHED ->
          last(steps, step -> step.result() == StepResult.UNFINISHED)
              .map(step -> "Not finished; was at: " + step.task())
              .orElse("Not finished");
      case STOPPED -> "Stopped, because too many others failed";
      case NOT_RUN, CHANGED, OK -> "";
    };
  }

  private static String remedy(PartFold part, DeviceResult result, List<StepReport> steps) {
    return switch (result) {
      case FAILED, UNREACHABLE -> failure(steps).map(StepReport::remedy).orElse("");
      case UNHEALTHY -> gate(steps).map(StepReport::remedy).orElse("");
      case HELD -> part.held().map(DeviceHeld::remedy).orElse("");
      case UNFINISHED, STOPPED, NOT_RUN, CHANGED, OK -> "";
    };
  }

  private static Optional<StepReport> failure(List<StepReport> steps) {
    return last(steps, step -> step.result().isFailure());
  }

  private static Optional<StepReport> gate(List<StepReport> steps) {
    return last(steps, step -> GatePath.of(step.path()).isPresent());
  }

  private static Optional<StepReport> last(List<StepReport> steps, Predicate<StepReport> wanted) {
    return steps.stream().filter(wanted).reduce((_, later) -> later);
  }
}
