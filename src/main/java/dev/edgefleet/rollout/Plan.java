package dev.edgefleet.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a play goes through its devices.
 *
 * @param waves in order; no device is in two of them
 * @param budget over all waves together; percentages are of all their devices
 * @param unreachable what a device that could not be reached counts as in every budget
 */
public record Plan(List<Wave> waves, Budget budget, Unreachable unreachable) {
  public Plan {
    waves = List.copyOf(waves);
    Set<String> seen = new HashSet<>();
    for (Wave wave : waves) {
      for (String device : wave.devices()) {
        if (!seen.add(device)) {
          throw new IllegalArgumentException(device + " is in two waves, or in one twice");
        }
      }
    }
  }

  /** What a device that could not be reached counts as. */
  public enum Unreachable {
    /** As one that failed. */
    FAILED,
    /** As nothing: it is reported, and uses up no budget. */
    IGNORED
  }
}
