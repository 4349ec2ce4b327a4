package dev.edgefleet.journal;

import java.time.Instant;

/**
 * One record as it stands in the journal.
 *
 * @param sequence from 1, without gaps
 * @param at controller's clock when it was written
 * @param event what happened
 * @param hash SHA-256 over this record and the hash of the one before, lower hex
 */
public record JournalEntry(long sequence, Instant at, RunEvent event, String hash) {}
