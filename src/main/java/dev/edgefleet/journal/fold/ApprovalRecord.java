package dev.edgefleet.journal.fold;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's agreement.
 *
 * @param asked UTC
 * @param next what would begin
 * @param given UTC; absent while it is waited for
 * @param operator who agreed; empty while it is waited for
 * @param note what they said; may be empty
 */
public record ApprovalRecord(
    Instant asked, String next, Optional<Instant> given, String operator, String note) {}
