package dev.edgefleet.engine.wave;

import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the devices of one wave have in common.
 *
 * @param usesFacts whether something in the play names a fact
 * @param once tasks that one of them does for all
 * @param throttle who is in tasks that only some may do at one time
 * @param doers who did the task of a path in a process before this one, as one of a wave
 */
public record WaveContext(
    boolean usesFacts,
    WaveDevices view,
    LiveRollout rollout,
    RunOnce once,
    Throttle throttle,
    BiFunction<String, WaveContext, Optional<DeviceSession>> doers) {
  /** Who did a task for all in a process before this one. */
  public Optional<DeviceSession> doerBefore(String path) {
    return doers.apply(path, this);
  }
}
