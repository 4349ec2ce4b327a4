package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of each device of a wave that came through it.
 *
 * @param modules names of the modules that have to run
 * @param runningFor how long each of them has to have run; zero for any time
 * @param that all have to hold, over the device's variables with the look at the modules as {@code
 *     gate}
 * @param within how long to look again where it does not hold; zero for one look
 * @param every time between two looks, over zero
 * @param healthy share of the devices, in percent, on which it has to hold
 */
public record GateKeywords(
    Place place,
    List<String> modules,
    Duration runningFor,
    List<Condition> that,
    Duration within,
    Duration every,
    double healthy) {
  public GateKeywords {
    modules = List.copyOf(modules);
    that = List.copyOf(that);
  }
}
