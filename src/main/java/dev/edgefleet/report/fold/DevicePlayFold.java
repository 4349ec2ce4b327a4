package dev.edgefleet.report.fold;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.report.model.DevicePlayReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.report.model.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the journal has said of one device in one play so far. */
final class DevicePlayFold {
  private final int play;
  private @Nullable Instant started;
  private @Nullable Instant last;
  private @Nullable DeviceStatus status;
  private @Nullable DeviceHeld held;
  private boolean unhealthy;

  DevicePlayFold(int play) {
    this.play = play;
  }

  // A resumed run may say so once more.
  void started(Instant at) {
    if (started == null) {
      started = at;
    }
    works(at);
  }

  /** What its gate does comes after its end and is not its own time. */
  void works(Instant at) {
    if (status == null) {
      last = at;
    }
  }

  void ended(DeviceStatus how, Instant at) {
    works(at);
    status = how;
    held = null;
  }

  void held(DeviceHeld event) {
    held = event;
  }

  /** It is known what becomes of the step, so the device is not held for it any more. */
  void released(StepId step) {
    if (held != null && held.step().equals(step)) {
      held = null;
    }
  }

  void judged(boolean isUnhealthy) {
    unhealthy = isUnhealthy;
  }

  @Nullable DeviceStatus status() {
    return status;
  }

  DeviceResult result(Collection<StepReport> steps) {
    return switch (status) {
      case FAILED -> DeviceResult.FAILED;
      case UNREACHABLE -> DeviceResult.UNREACHABLE;
      case STOPPED -> DeviceResult.STOPPED;
      case OK -> {
        if (unhealthy) {
          yield DeviceResult.UNHEALTHY;
        }
        boolean changed = steps.stream().anyMatch(step -> step.play() == play && step.changed());
        yield changed ? DeviceResult.CHANGED : DeviceResult.OK;
      }
      case null -> {
        if (held != null) {
          yield DeviceResult.HELD;
        }
        yield started == null ? DeviceResult.NOT_RUN : DeviceResult.UNFINISHED;
      }
    };
  }

  DevicePlayReport report(String wave, Collection<StepReport> all) {
    List<StepReport> steps = all.stream().filter(step -> step.play() == play).toList();
    DeviceResult result = result(steps);
    long millis = started == null || last == null ? 0 : Duration.between(started, last).toMillis();
    return new DevicePlayReport(
        play, wave, result, message(result, steps), remedy(result, steps), millis);
  }

  private String message(DeviceResult result, List<StepReport> steps) {
    return switch (result) {
      case FAILED, UNREACHABLE ->
          failure(steps)
              .map(StepReport::message)
              .orElse("Ended as " + result.word() + "; no step says why");
      case HELD -> held == null ? "" : held.message();
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

  private String remedy(DeviceResult result, List<StepReport> steps) {
    return switch (result) {
      case FAILED, UNREACHABLE -> failure(steps).map(StepReport::remedy).orElse("");
      case UNHEALTHY -> gate(steps).map(StepReport::remedy).orElse("");
      case HELD -> held == null ? "" : held.remedy();
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
