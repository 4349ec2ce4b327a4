package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.util.List;
import java.util.Optional;

/**
 * A play's {@code rollout}: in which waves it goes through its devices, and when it ends early.
 *
 * @param waves at least one, in order; each has a name of its own
 * @param budget over all waves together
 * @param unreachable what a device that cannot be reached counts as in every budget
 * @param webhook URL that is told of gates and ends: a text that may hold Jinja, or a {@code
 *     Secret}
 */
public record RolloutKeywords(
    Place place,
    List<WaveKeywords> waves,
    FailureLimits budget,
    UnreachableWord unreachable,
    Optional<Object> webhook) {
  public RolloutKeywords {
    waves = List.copyOf(waves);
  }
}
