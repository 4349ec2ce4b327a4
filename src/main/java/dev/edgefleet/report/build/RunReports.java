package dev.edgefleet.report.build;

import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.RunSuspended;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.RunHeader;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.RunReportState;
import dev.edgefleet.report.model.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What a report says of a run. */
public final class RunReports {
  private RunReports() {}

  /**
   * @param run with its steps
   * @throws JournalFailed when no run ever started
   */
  public static RunReport of(RunFold run) {
    RunHeader header = header(run);
    Map<Integer, Map<String, String>> waves = new HashMap<>();
    run.plays().forEach((number, play) -> waves.put(number, PlayReports.waveNames(play)));
    List<DeviceReport> devices =
        run.devices().stream()
            .map(
                device ->
                    DeviceReports.of(
                        device,
                        play -> waves.getOrDefault(play, Map.of()).getOrDefault(device.name(), "")))
            .toList();
    return new RunReport(
        RunReport.FORMAT,
        header,
        Totals.of(devices),
        FailureGroups.of(devices),
        FailureGroups.tolerated(devices),
        WarningGroups.of(run, devices),
        run.plays().values().stream().map(play -> PlayReports.of(play, run)).toList(),
        ModuleColumns.table(run.devices()),
        devices);
  }

  private static RunHeader header(RunFold run) {
    RunStarted begun = run.run().orElseThrow(RunReports::nothing);
    Instant from = run.began().orElseThrow(RunReports::nothing);
    JournalEntry latest = run.last().orElseThrow(RunReports::nothing);
    Instant to = run.endedAt().orElse(latest.at());
    return new RunHeader(
        begun.run(),
        begun.retryOf(),
        begun.operator(),
        begun.command(),
        begun.version(),
        begun.playbook(),
        begun.inventories(),
        begun.check(),
        state(run),
        from,
        run.endedAt(),
        latest.at(),
        Math.max(0, Duration.between(from, to).toMillis()),
        run.ended().map(RunEnded::exitCode),
        reason(run),
        run.processes(),
        run.pauses(),
        run.webhooks(),
        latest.sequence(),
        latest.hash());
  }

  private static JournalFailed nothing() {
    return new JournalFailed(
        "There is nothing to report: the journal ends before its run started",
        new NoSuchElementException("run_started"));
  }

  private static RunReportState state(RunFold run) {
    if (run.ended().isPresent()) {
      return RunReportState.ENDED;
    }
    return run.suspended()
        .map(
            why ->
                why.exitCode() == ExitCode.WAITING.number()
                    ? RunReportState.WAITING
                    : RunReportState.INTERRUPTED)
        .orElse(RunReportState.OPEN);
  }

  private static Optional<String> reason(RunFold run) {
    return run.ended().isPresent()
        ? run.ended().flatMap(RunEnded::reason)
        : run.suspended().map(RunSuspended::reason);
  }
}
