package dev.edgefleet.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout wants done next. Decisions come in the order in which they are to be carried out.
 */
public sealed interface Decision {
  /**
   * @param index of the wave, from 0
   */
  record StartWave(int index) implements Decision {}

  record StartDevice(String device) implements Decision {}

  /** Devices at work start no further step: their wave's budget is broken and it says so. */
  record StopDevices() implements Decision {}

  /** Tell {@link Event.Soaked} after so long. */
  record Soak(int wave, Duration time) implements Decision {}

  /**
   * Look at these devices and tell {@link Event.GateChecked}.
   *
   * @param devices those of the wave that came through it, in its order
   */
  record CheckGate(int wave, List<String> devices) implements Decision {
    public CheckGate {
      devices = List.copyOf(devices);
    }
  }

  /** Have somebody agree and tell {@link Event.Approved}. */
  record AskApproval(int wave) implements Decision {}

  /** Nothing of the wave is left to do. */
  record EndWave(int wave, Optional<Halt> halt) implements Decision {}

  /**
   * Nothing is left to do at all, and nothing is at work; the last decision there is.
   *
   * @param halt why it ended early; empty when every wave passed
   */
  record Finish(Optional<Halt> halt) implements Decision {}
}
