package dev.edgefleet.report.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One process that had the run: the first began it, each other resumed it.
 *
 * @param process number from 1
 * @param operator who started it, {@code user@controller}
 * @param command the command line, as words
 * @param version of edgefleet
 * @param started UTC
 * @param ended UTC; absent when it still runs or was cut off
 * @param exitCode likewise
 * @param reason why it ended before the run was over; absent when it did not
 */
public record ProcessReport(
    int process,
    String operator,
    List<String> command,
    String version,
    Instant started,
    Optional<Instant> ended,
    Optional<Integer> exitCode,
    Optional<String> reason) {
  public ProcessReport ended(Instant at, int code, Optional<String> why) {
    return new ProcessReport(
        process, operator, command, version, started, Optional.of(at), Optional.of(code), why);
  }
}
