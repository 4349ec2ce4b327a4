package dev.edgefleet.report.model;

import dev.edgefleet.journal.RunEvent.Source;
import dev.edgefleet.journal.fold.PauseRecord;
import dev.edgefleet.journal.fold.ProcessRecord;
import dev.edgefleet.journal.fold.WebhookRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who ran what, when and how it ended.
 *
 * @param run run id
 * @param retryOf id of the run whose failed devices this one tries again
 * @param operator {@code user@controller}
 * @param command the command line, as words
 * @param check true when no device was to be changed
 * @param state where it stands
 * @param started UTC
 * @param ended UTC; absent when the run has not ended
 * @param lastRecord UTC time of the journal's last record
 * @param millis from start to end, or to the last record
 * @param exitCode absent when the run has not ended
 * @param reason why it ended early, or what it waits for
 * @param processes who began and who resumed it, in that order
 * @param pauses in the order they began
 * @param webhooks in the order they were called
 * @param records how many records the journal has
 * @param journalHash hash of the last one: the head that {@code edgefleet verify --head} takes
 */
public record RunHeader(
    String run,
    Optional<String> retryOf,
    String operator,
    List<String> command,
    String version,
    Source playbook,
    List<Source> inventories,
    boolean check,
    RunReportState state,
    Instant started,
    Optional<Instant> ended,
    Instant lastRecord,
    long millis,
    Optional<Integer> exitCode,
    Optional<String> reason,
    List<ProcessRecord> processes,
    List<PauseRecord> pauses,
    List<WebhookRecord> webhooks,
    long records,
    String journalHash) {}
