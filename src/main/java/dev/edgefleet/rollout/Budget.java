package dev.edgefleet.rollout;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How many devices may fail; it is broken by the first one more. With both, either breaks it.
 *
 * @param devices so many; 0 when none may
 * @param percent such a share of the devices it is over, 0 to 100
 */
public record Budget(OptionalInt devices, OptionalDouble percent) {
  /** Any number may fail. */
  public static final Budget UNLIMITED = new Budget(OptionalInt.empty(), OptionalDouble.empty());

  /** Whether so many failures of so many devices are more than it allows. */
  public boolean isBrokenBy(int failed, int of) {
    return (devices.isPresent() && failed > devices.getAsInt())
        || (percent.isPresent() && failed * 100.0 > percent.getAsDouble() * of);
  }
}
