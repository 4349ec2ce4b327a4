package dev.edgefleet.journal.fold;

import java.time.Instant;

/**
 * The operator's word on a step in doubt.
 *
 * @param done true: it was done, and was not repeated; false: it was to be done again
 * @param operator {@code user@controller}
 * @param at UTC
 */
public record OperatorDecision(boolean done, String operator, Instant at) {}
