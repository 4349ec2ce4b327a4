package dev.edgefleet.report.fold;

import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent.RunContinued;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunPaused;
import dev.edgefleet.journal.RunEvent.RunResumed;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.RunSuspended;
import dev.edgefleet.journal.RunEvent.WebhookCalled;
import dev.edgefleet.report.model.PauseReport;
import dev.edgefleet.report.model.ProcessReport;
import dev.edgefleet.report.model.RunHeader;
import dev.edgefleet.report.model.RunReportState;
import dev.edgefleet.report.model.WebhookReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the journal has said of the run as a whole so far. */
final class RunFold {

  private final List<ProcessReport> processes = new ArrayList<>();
  private final List<PauseReport> pauses = new ArrayList<>();
  private final List<WebhookReport> webhooks = new ArrayList<>();
  private @Nullable RunStarted run;
  private @Nullable Instant started;
  private @Nullable Instant ended;
  private @Nullable JournalEntry last;
  private RunReportState state = RunReportState.OPEN;
  private Optional<Integer> exitCode = Optional.empty();
  private Optional<String> reason = Optional.empty();

  /** Every record counts, whatever it tells of. */
  void recorded(JournalEntry entry) {
    last = entry;
  }

  void started(RunStarted event, Instant at) {
    run = event;
    started = at;
    process(1, event.operator(), event.command(), event.version(), at);
  }

  void resumed(RunResumed event, Instant at) {
    state = RunReportState.OPEN;
    reason = Optional.empty();
    process(event.process(), event.operator(), event.command(), event.version(), at);
  }

  private void process(
      int number, String operator, List<String> command, String version, Instant at) {
    processes.add(
        new ProcessReport(
            number,
            operator,
            command,
            version,
            at,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  void suspended(RunSuspended event, Instant at) {
    state =
        event.exitCode() == ExitCode.WAITING.number()
            ? RunReportState.WAITING
            : RunReportState.INTERRUPTED;
    reason = Optional.of(event.reason());
    processEnded(at, event.exitCode(), reason);
  }

  void ended(RunEnded event, Instant at) {
    state = RunReportState.ENDED;
    ended = at;
    exitCode = Optional.of(event.exitCode());
    reason = event.reason();
    processEnded(at, event.exitCode(), Optional.empty());
  }

  private void processEnded(Instant at, int code, Optional<String> why) {
    if (!processes.isEmpty()) {
      processes.addLast(processes.removeLast().ended(at, code, why));
    }
  }

  void paused(RunPaused event, Instant at) {
    pauses.add(new PauseReport(event.operator(), event.note(), at, Optional.empty(), ""));
  }

  void continued(RunContinued event, Instant at) {
    if (!pauses.isEmpty() && pauses.getLast().ended().isEmpty()) {
      pauses.addLast(pauses.removeLast().ended(at, event.operator()));
    }
  }

  void called(WebhookCalled event, Instant at) {
    webhooks.add(new WebhookReport(at, event.occasion(), event.delivered(), event.message()));
  }

  /** Whether it is over, and well. */
  boolean endedWell() {
    return exitCode.filter(code -> code == 0).isPresent();
  }

  /**
   * @throws JournalFailed when no run ever started
   */
  RunHeader header() {
    RunStarted begun = run;
    Instant from = started;
    JournalEntry latest = last;
    if (begun == null || from == null || latest == null) {
      throw new JournalFailed(
          "There is nothing to report: the journal ends before its run started",
          new NoSuchElementException("run_started"));
    }
    Instant to = ended == null ? latest.at() : ended;
    return new RunHeader(
        begun.run(),
        begun.retryOf(),
        begun.operator(),
        begun.command(),
        begun.version(),
        begun.playbook(),
        begun.inventories(),
        begun.check(),
        state,
        from,
        Optional.ofNullable(ended),
        latest.at(),
        Duration.between(from, to).toMillis(),
        exitCode,
        reason,
        List.copyOf(processes),
        List.copyOf(pauses),
        List.copyOf(webhooks),
        latest.sequence(),
        latest.hash());
  }
}
