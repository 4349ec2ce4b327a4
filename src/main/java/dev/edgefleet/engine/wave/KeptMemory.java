package dev.edgefleet.engine.wave;

import dev.edgefleet.failure.StepFailed;

/**
 * The memory for what a run goes on to know of its devices: registered results and facts. Once it
 * is used up no device may hold more of it than its part, which is the same for all.
 *
 * <p>Safe for use by many threads.
 */
final class KeptMemory {
  private static final int PART_OF_HEAP = 8;

  private final long bytes;
  private final long part;
  private long used;

  /**
   * @param bytes that all devices together may hold
   * @param devices how many there are
   */
  KeptMemory(long bytes, int devices) {
    this.bytes = bytes;
    this.part = bytes / Math.max(1, devices);
  }

  /** An eighth of what this process may have. */
  static KeptMemory ofHeap(int devices) {
    return new KeptMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, devices);
  }

  /**
   * A device holds more, or less, than it did.
   *
   * @throws StepFailed when that is more than its part, and more than there is
   */
  synchronized void hold(long before, long now) {
    long all = used - before + now;
    if (now > before && now > part && all > bytes) {
      throw new StepFailed(
          "it was done, but its result is too large to be kept: with it this device's results and"
              + " facts take %s, and all devices' together %s of the %s there are for them"
                  .formatted(told(now), told(all), told(bytes)),
          "register less, let it print less, or give edgefleet more memory with"
              + " JAVA_TOOL_OPTIONS=-Xmx4g");
    }
    used = all;
  }

  private static String told(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }
}
