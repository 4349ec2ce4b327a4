package dev.edgefleet.journal.fold;

import java.time.Instant;
import java.util.Optional;

/**
 * The time a wave had to last.
 *
 * @param seconds how long
 * @param started UTC
 * @param ended UTC; absent while it lasts
 */
public record SoakRecord(long seconds, Instant started, Optional<Instant> ended) {}
