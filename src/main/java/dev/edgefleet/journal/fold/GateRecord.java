package dev.edgefleet.journal.fold;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a look at a wave's devices gave.
 *
 * @param started UTC; when the first device was looked at
 * @param checked UTC; absent while they are looked at
 * @param passed likewise
 * @param healthy how many are as the gate wants them
 * @param unhealthy the others
 * @param message one sentence
 */
public record GateRecord(
    Instant started,
    Optional<Instant> checked,
    Optional<Boolean> passed,
    int healthy,
    List<String> unhealthy,
    String message) {}
