package dev.edgefleet.journal.fold;

import java.time.Instant;

/**
 * What a device is at.
 *
 * @param task empty before its first step
 * @param waitsToRetry whether an attempt has failed and the next one has not begun
 * @param since UTC
 */
public record CurrentStep(String task, boolean waitsToRetry, Instant since) {}
