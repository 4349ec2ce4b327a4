package dev.edgefleet.engine;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/** How many devices of a batch may fail before the run ends for all. */
final class FailureBudget {
  private final int devices;
  private final OptionalDouble mostPercent;
  private final Set<String> failed = new HashSet<>();
  private boolean spent;

  /**
   * @param mostPercent {@code max_fail_percentage}
   */
  FailureBudget(int devices, OptionalDouble mostPercent) {
    this.devices = devices;
    this.mostPercent = mostPercent;
  }

  /**
   * @param fatal whether {@code any_errors_fatal} holds for what failed
   */
  synchronized void failed(String device, boolean fatal) {
    failed.add(device);
    boolean tooMany =
        mostPercent.isPresent() && failed.size() * 100.0 / devices > mostPercent.getAsDouble();
    spent |= fatal || tooMany;
  }

  /** Whether no device of the batch may start another step. */
  synchronized boolean isSpent() {
    return spent;
  }

  /** Whether no later batch and no later play may begin. */
  synchronized boolean endsTheRun() {
    return spent || failed.size() == devices;
  }

  /** Why the run ended. */
  synchronized String reason() {
    return failed.size() == devices
        ? (devices == 1 ? "its device" : "all its " + devices + " devices") + " failed"
        : failed.size() + " of its " + devices + " devices failed, which is more than it allows";
  }
}
