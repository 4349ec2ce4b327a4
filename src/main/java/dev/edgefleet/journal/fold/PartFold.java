package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One device's part in one play, as far as the journal tells. */
public final class PartFold {
  private @Nullable Instant started;
  private @Nullable Instant last;
  private @Nullable DeviceStatus status;
  private @Nullable DeviceHeld held;
  private boolean unhealthy;
  private boolean changed;
  private StepCounts counts = StepCounts.NONE;

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

  void counts(StepEnded step) {
    counts = counts.and(step);
    changed |= step.changed();
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

  public Optional<Instant> started() {
    return Optional.ofNullable(started);
  }

  /** When something was heard of it last; a look by its gate does not count. */
  public Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  /** How it came out; absent while it has not. */
  public Optional<DeviceStatus> status() {
    return Optional.ofNullable(status);
  }

  /** The step for which it waits for the operator's word. */
  public Optional<DeviceHeld> held() {
    return Optional.ofNullable(held);
  }

  /** Whether it was not as the gate of its wave wants it. */
  public boolean isUnhealthy() {
    return unhealthy;
  }

  /** Whether a step changed something, or would have. */
  public boolean isChanged() {
    return changed;
  }

  public StepCounts counts() {
    return counts;
  }

  /**
   * From its start to its end, or to what is known last; nothing where the clock was set back
   * meanwhile.
   */
  public Duration took() {
    return started == null || last == null || last.isBefore(started)
        ? Duration.ZERO
        : Duration.between(started, last);
  }
}
