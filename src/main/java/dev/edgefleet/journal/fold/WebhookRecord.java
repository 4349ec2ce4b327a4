package dev.edgefleet.journal.fold;

import java.time.Instant;

/**
 * Somebody was told over the playbook's webhook, or could not be.
 *
 * @param at UTC
 * @param occasion {@code gate}, {@code abort} or {@code end}
 * @param message why it could not be delivered; empty when it was
 */
public record WebhookRecord(Instant at, String occasion, boolean delivered, String message) {}
