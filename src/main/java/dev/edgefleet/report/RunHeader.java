package dev.edgefleet.report;

import dev.edgefleet.journal.RunEvent.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who ran what, when and how it ended.
 *
 * @param run run id
 * @param operator {@code user@controller}
 * @param command the command line, as words
 * @param check true when no device was to be changed
 * @param started UTC
 * @param ended UTC; absent when the run has not ended
 * @param lastRecord UTC time of the journal's last record
 * @param millis from start to end, or to the last record
 * @param exitCode absent when the run has not ended
 * @param reason why it ended early
 * @param records how many records the journal has
 * @param journalHash hash of the last one
 */
public record RunHeader(
    String run,
    String operator,
    List<String> command,
    String version,
    Source playbook,
    List<Source> inventories,
    boolean check,
    Instant started,
    Optional<Instant> ended,
    Instant lastRecord,
    long millis,
    Optional<Integer> exitCode,
    Optional<String> reason,
    long records,
    String journalHash) {}
