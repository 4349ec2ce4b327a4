package dev.edgefleet.journal.fold;

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
public record ProcessRecord(
    int process,
    String operator,
    List<String> command,
    String version,
    Instant started,
    Optional<Instant> ended,
    Optional<Integer> exitCode,
    Optional<String> reason) {
  static ProcessRecord begun(
      int process, String operator, List<String> command, String version, Instant started) {
    return new ProcessRecord(
        process,
        operator,
        command,
        version,
        started,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  ProcessRecord ended(Instant at, int code, Optional<String> why) {
    return new ProcessRecord(
        process, operator, command, version, started, Optional.of(at), Optional.of(code), why);
  }
}
