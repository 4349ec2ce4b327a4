package dev.edgefleet.rollout;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Devices that go together.
 *
 * @param devices in the order in which they start
 * @param concurrency most of them at work at one time, from 1
 * @param budget how many of them may fail
 * @param breach what becomes of those at work when a budget is broken
 * @param soak how long to wait once all are through; zero for not at all
 * @param gate share of its devices, in percent, that has to be healthy after that; empty for no
 *     gate
 * @param approve whether somebody has to agree before what comes next
 */
public record Wave(
    String name,
    List<String> devices,
    int concurrency,
    Budget budget,
    Breach breach,
    Duration soak,
    OptionalDouble gate,
    boolean approve) {
  public Wave {
    devices = List.copyOf(devices);
    if (concurrency < 1) {
      throw new IllegalArgumentException("wave " + name + " would never start a device");
    }
  }

  /** What becomes of devices at work when a budget is broken. */
  public enum Breach {
    /** They go on to their end: no device is left half done. */
    FINISH,
    /** They start no further step, as Ansible has it. */
    STOP
  }
}
