package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.time.Duration;
import java.util.Optional;

/**
 * One wave of a rollout. {@code soak}, {@code gate} and {@code approve} say what has to be before
 * what comes after it begins.
 *
 * @param name its own, else its group's, else {@code wave N}
 * @param members which of the play's devices, less those of waves before
 * @param order in which they start
 * @param concurrency most of them at work at one time; empty for the run's own limit
 * @param budget how many of them may fail
 * @param soak how long to wait once all are through; zero for not at all
 * @param approve whether an operator has to agree
 */
public record WaveKeywords(
    Place place,
    String name,
    WaveMembers members,
    WaveOrder order,
    Optional<Integer> concurrency,
    FailureLimits budget,
    Duration soak,
    Optional<GateKeywords> gate,
    boolean approve) {}
