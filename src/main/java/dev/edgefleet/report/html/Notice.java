package dev.edgefleet.report.html;

import dev.edgefleet.journal.fold.PauseRecord;
import dev.edgefleet.journal.fold.WaveState;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.RunHeader;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.RunReportState;
import dev.edgefleet.report.model.WaveReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that the reader of a report has to know first.
 *
 * @param look the class that colours it
 * @param text one sentence that ends with what to do, when there is a command for it
 * @param command what to do about it; empty when there is nothing
 */
record Notice(String look, String text, String command) {
  static List<Notice> of(RunReport report) {
    List<Notice> notices = new ArrayList<>();
    RunHeader run = report.run();
    if (run.state() != RunReportState.ENDED) {
      approvals(report, notices);
      held(report, notices);
      pauses(run, notices);
      // Whoever waits for an approval or for a word has been told so.
      if (notices.isEmpty() || run.state() == RunReportState.INTERRUPTED) {
        standing(run, notices);
      }
    } else {
      run.reason()
          .ifPresent(why -> notices.add(new Notice("failed", "It ended early: " + why, "")));
    }
    if (run.check()) {
      notices.add(new Notice("changed", "Check run: no device was changed.", ""));
    }
    return notices;
  }

  private static void approvals(RunReport report, List<Notice> notices) {
    for (PlayReport play : report.plays()) {
      for (WaveReport wave : play.waves()) {
        if (wave.state() == WaveState.WAITING) {
          notices.add(
              new Notice(
                  "waiting",
                  "Waiting for approval after wave " + Timeline.name(wave) + ":",
                  "edgefleet approve " + report.run().run()));
        }
      }
    }
  }

  private static void held(RunReport report, List<Notice> notices) {
    List<DeviceReport> held =
        report.devices().stream().filter(d -> d.result() == DeviceResult.HELD).toList();
    if (!held.isEmpty()) {
      notices.add(
          new Notice(
              "held",
              held.size() == 1
                  ? held.getFirst().name()
                      + " waits for your word on a step of which nobody knows whether it was done."
                  : held.size()
                      + " devices wait for your word on steps of which nobody knows whether they"
                      + " were done.",
              ""));
    }
  }

  private static void pauses(RunHeader run, List<Notice> notices) {
    if (!run.pauses().isEmpty() && run.pauses().getLast().ended().isEmpty()) {
      PauseRecord pause = run.pauses().getLast();
      notices.add(
          new Notice(
              "waiting",
              "Paused by "
                  + pause.operator()
                  + (pause.note().isEmpty() ? "" : " (" + pause.note() + ")")
                  + ". To go on:",
              "edgefleet resume " + run.run()));
    }
  }

  private static void standing(RunHeader run, List<Notice> notices) {
    String command = "edgefleet resume " + run.run();
    String why = run.reason().map(reason -> ": " + reason).orElse("");
    notices.add(
        switch (run.state()) {
          case OPEN ->
              new Notice(
                  "unfinished",
                  "This run has not ended. It is still going on, or was cut off; then:",
                  command);
          case WAITING -> new Notice("waiting", "This run waits" + why + ". To go on:", command);
          case INTERRUPTED ->
              new Notice("waiting", "This run was interrupted" + why + ". To go on:", command);
          case ENDED -> throw new IllegalStateException("a run that ended stands nowhere");
        });
  }
}
