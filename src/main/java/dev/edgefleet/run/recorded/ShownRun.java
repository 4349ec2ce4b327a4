package dev.edgefleet.run.recorded;

import dev.edgefleet.engine.wave.OperatorCommands.Command;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.RunState;
import dev.edgefleet.journal.fold.StateWord;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.progress.Headline;
import dev.edgefleet.progress.RolloutLines;
import dev.edgefleet.progress.RunSnapshot;
import dev.edgefleet.progress.Summary;
import dev.edgefleet.report.build.RunReports;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.RunHeader;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.StepReport;
import dev.edgefleet.run.ControlDirectory;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.terminal.LocalTime;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import dev.edgefleet.terminal.TerminalText;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an operator wants to know of one run. */
public record ShownRun(
    RunDirectory directory,
    RunReport report,
    RunSnapshot standing,
    RunState state,
    StateWord word,
    boolean recordIsTrue) {
  private static final int MOST_HELD = 20;
  private static final List<Table.Column> WAVES =
      List.of(
          Table.Column.of("PLAY", 1),
          Table.Column.of("WAVE"),
          Table.Column.of("NAME"),
          Table.Column.of("DEVICES"),
          Table.Column.of("RESULTS"),
          Table.Column.of("STATE"),
          Table.Column.of("STARTED", 3),
          Table.Column.of("TOOK", 2));

  /**
   * @param recordIsTrue whether its record is what was written: else it has no head to show
   * @throws BadInput when its journal cannot be read
   */
  public static ShownRun of(RunDirectory directory, boolean recordIsTrue) {
    RunFold run = RunJournal.whole(directory);
    RunReport report = RunJournal.reading(directory.path(), () -> RunReports.of(run));
    RunState state = RunState.of(run, RunLock.isHeld(directory.path()));
    return new ShownRun(
        directory,
        report,
        RunSnapshot.of(run, report.run().lastRecord(), MOST_HELD),
        state,
        state.shown(run),
        recordIsTrue);
  }

  public void print(PrintStream out, Style style) {
    header(out, style);
    waves(out, style);
    held(out, style);
    Summary summary = new Summary(out, style);
    summary.print(report, directory.path());
    // A record that is not what was written has nothing to be checked against later.
    if (recordIsTrue) {
      summary.head(directory.path());
    }
    next(out, style);
  }

  private void header(PrintStream out, Style style) {
    RunHeader run = report.run();
    out.println(style.paint("bold", "Run " + TerminalText.line(run.run())) + ": " + stateWords());
    line(out, "playbook", run.playbook().path() + (run.check() ? " (check run)" : ""));
    line(out, "operator", run.operator());
    line(out, "started", LocalTime.seconds(run.started()));
    line(
        out,
        run.ended().isPresent() ? "ended" : "last seen",
        LocalTime.seconds(run.lastRecord())
            + ", after "
            + EventLines.time(Duration.ofMillis(run.millis())));
    line(out, "command", String.join(" ", run.command()));
    reason(out);
    if (state != RunState.ENDED) {
      Optional<Command.Approve> approved = unheard();
      if (approved.isPresent()) {
        line(
            out,
            "approved",
            "by "
                + approved.get().operator()
                + RolloutLines.note(approved.get().note())
                + "; not gone on yet");
      }
      standing
          .paused()
          .ifPresent(
              paused ->
                  line(
                      out, "paused", "by " + paused.operator() + RolloutLines.note(paused.note())));
    }
  }

  // Why it is not at work any more: one line, whichever it is.
  private void reason(PrintStream out) {
    Optional<String> why =
        state == RunState.ENDED
            ? report.run().reason()
            : standing.suspended().map(RunEvent.RunSuspended::reason);
    why.filter(reason -> !reason.isEmpty()).ifPresent(reason -> line(out, "reason", reason));
  }

  private Optional<Command.Approve> unheard() {
    return standing.approval().flatMap(ControlDirectory.of(directory)::unheard);
  }

  private String stateWords() {
    int exitCode = report.run().exitCode().orElse(0);
    return word.text() + (exitCode == 0 ? "" : ", exit code " + exitCode);
  }

  private static void line(PrintStream out, String name, String value) {
    out.println(String.format(Locale.ROOT, "  %-10s %s", name, TerminalText.line(value)));
  }

  private void waves(PrintStream out, Style style) {
    List<RunSnapshot.Wave> waves = standing.waves().stream().filter(wave -> wave.of() > 1).toList();
    if (waves.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (RunSnapshot.Wave wave : waves) {
      rows.add(
          List.of(
              String.valueOf(wave.play()),
              wave.number() + "/" + wave.of(),
              wave.name(),
              String.valueOf(wave.devices()),
              RolloutLines.figures(wave, report.run().check()),
              Headline.state(wave),
              LocalTime.seconds(wave.started()),
              wave.ended()
                  .map(ended -> EventLines.time(Duration.between(wave.started(), ended)))
                  .orElse("")));
    }
    out.println();
    Table.print(WAVES, rows, out, style);
    for (RunSnapshot.Wave wave : waves) {
      if (!wave.message().isEmpty()) {
        out.println("  " + TerminalText.line(wave.name() + ": " + wave.message()));
      }
    }
  }

  private void held(PrintStream out, Style style) {
    if (standing.held().isEmpty()) {
      return;
    }
    out.println();
    out.println(
        style.paint("bold,yellow", EventLines.plural(standing.held().size(), "device") + " held")
            + ": nobody knows whether a step was done");
    for (RunEvent.DeviceHeld held : standing.held().stream().limit(MOST_HELD).toList()) {
      out.println(
          "  "
              + TerminalText.line(held.step().device())
              + ": "
              + TerminalText.line(held.task())
              + ": "
              + TerminalText.line(held.message()));
      if (!held.remedy().isEmpty()) {
        out.println("    " + style.paint("bold", "-> ") + TerminalText.line(held.remedy()));
      }
    }
    if (standing.held().size() > MOST_HELD) {
      out.println("  and " + (standing.held().size() - MOST_HELD) + " more");
    }
  }

  private void next(PrintStream out, Style style) {
    List<String> commands = new ArrayList<>();
    if (state == RunState.RUNNING) {
      commands.add(standing.command("follow"));
    }
    if (state != RunState.ENDED && standing.approval().isPresent() && unheard().isEmpty()) {
      commands.add(standing.command("approve"));
    }
    if (state.canBeResumed()) {
      commands.add(FollowUpCommand.resume(standing.started(), standing.held()));
    } else if (state == RunState.RUNNING && standing.paused().isPresent()) {
      commands.add(standing.command("resume"));
    }
    if (state == RunState.ENDED && !RetryCandidates.afterRun(report).isEmpty()) {
      commands.add(standing.command("retry"));
    }
    if (FollowUpCommand.isDemo(report.run().command())) {
      commands.clear();
    }
    commands.forEach(
        command -> out.println("Next: " + style.paint("bold", TerminalText.line(command))));
  }

  /**
   * Every step of one device.
   *
   * @throws BadInput when the run has no such device
   */
  public void device(String name, PrintStream out, Style style) {
    DeviceReport device =
        report.devices().stream()
            .filter(found -> found.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInput(
                        "run " + directory.id() + " has no device '" + name + "'",
                        Nearest.remedy(
                            name, report.devices().stream().map(DeviceReport::name).toList())));
    out.println(
        style.paint("bold", TerminalText.line(device.name()))
            + ": "
            + device.result().shown(report.run().check()).text()
            + (device.message().isEmpty() ? "" : ": " + TerminalText.line(device.message())));
    device.steps().forEach(step -> step(step, out, style));
  }

  private void step(StepReport step, PrintStream out, Style style) {
    out.println(
        String.format(
                Locale.ROOT,
                "  %s  %-8s %-12s ",
                LocalTime.seconds(step.started()),
                step.path(),
                step.result().shown(report.run().check()).text())
            + style.paint("bold", TerminalText.line(step.task()))
            + (step.label().isEmpty() ? "" : " [" + TerminalText.line(step.label()) + "]")
            + (step.attempt() == 1 ? "" : " (attempt " + step.attempt() + ")")
            + "  "
            + EventLines.time(Duration.ofMillis(step.millis())));
    if (!step.message().isEmpty()) {
      TerminalText.text(step.message()).lines().forEach(line -> out.println("      " + line));
    }
    if (!step.remedy().isEmpty()) {
      out.println("      " + style.paint("bold", "-> ") + TerminalText.line(step.remedy()));
    }
    step.warnings()
        .forEach(
            warning ->
                out.println(
                    "      "
                        + style.paint("bold,yellow", "warning: ")
                        + TerminalText.line(warning)));
    step.values()
        .forEach(
            (name, value) ->
                out.println(
                    "      "
                        + style.paint("faint", TerminalText.line(name) + ": ")
                        + TerminalText.line(String.valueOf(value))));
    TerminalText.text(step.output()).lines().forEach(line -> out.println("      | " + line));
    step.diffs()
        .forEach(
            diff ->
                TerminalText.text(diff.unified())
                    .lines()
                    .forEach(line -> out.println("      " + line)));
  }
}
