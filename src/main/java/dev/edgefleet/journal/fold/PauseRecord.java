package dev.edgefleet.journal.fold;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which no device started because an operator wanted that.
 *
 * @param operator who paused the run, {@code user@controller}
 * @param note what they said; may be empty
 * @param started UTC
 * @param ended UTC; absent while it lasts
 * @param continuedBy who had it go on; empty while it lasts
 */
public record PauseRecord(
    String operator, String note, Instant started, Optional<Instant> ended, String continuedBy) {
  PauseRecord ended(Instant at, String by) {
    return new PauseRecord(operator, note, started, Optional.of(at), by);
  }
}
