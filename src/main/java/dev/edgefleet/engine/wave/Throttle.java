package dev.edgefleet.engine.wave;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** How many devices of a wave are in a task that only some may do at one time. */
public final class Throttle {
  private static final int LOOK_AROUND_MILLIS = 500;

  private final Map<String, Integer> inside = new HashMap<>();

  /**
   * Waits until fewer than so many devices are in a task; {@link #leave} has to follow.
   *
   * @param most from 1
   * @param stopping looked at while it waits
   * @return false when it was stopped, and is not in
   */
  public synchronized boolean enter(String path, long most, BooleanSupplier stopping) {
    while (inside.getOrDefault(path, 0) >= most) {
      if (stopping.getAsBoolean()) {
        return false;
      }
      try {
        wait(LOOK_AROUND_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    inside.merge(path, 1, Integer::sum);
    return true;
  }

  public synchronized void leave(String path) {
    inside.merge(path, -1, Integer::sum);
    notifyAll();
  }
}
