package dev.edgefleet.progress;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.StateWord;
import dev.edgefleet.journal.fold.WaveFold;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.TerminalText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stays on the screen of waves, gates, approvals, pauses and what holds a run up. */
public final class RolloutLines {
  private static final int MOST_NAMES = 8;

  private final Style style;
  private final RunFold run;

  RolloutLines(Style style, RunFold run) {
    this.style = style;
    this.run = run;
  }

  List<String> of(RunEvent.WaveStarted wave) {
    return wave.waves() == 1
        ? List.of()
        : List.of(
            name(wave.play(), wave.wave())
                + ": "
                + EventLines.plural(wave.devices().size(), "device"));
  }

  List<String> of(RunEvent.SoakStarted soak) {
    return List.of(
        name(soak.play(), soak.wave())
            + ": waits "
            + EventLines.clock(Duration.ofSeconds(soak.seconds()))
            + ", to see whether it lasts");
  }

  List<String> of(RunEvent.GateChecked gate) {
    String name = name(gate.play(), gate.wave());
    List<String> lines = new ArrayList<>();
    lines.add(
        name
            + ": gate "
            + (gate.passed()
                ? style.paint("green", StateWord.PASSED.text())
                : style.paint("bold,red", StateWord.FAILED.text()))
            + (gate.message().isEmpty()
                ? ", " + gate.healthy() + " healthy, " + gate.unhealthy().size() + " not"
                : ": " + TerminalText.line(gate.message())));
    // The sentence has them by name.
    if (!gate.unhealthy().isEmpty() && gate.message().isEmpty()) {
      lines.add("            not healthy: " + names(gate.unhealthy()));
    }
    return lines;
  }

  List<String> of(RunEvent.ApprovalAsked asked) {
    return List.of(
        name(asked.play(), asked.wave())
            + ": "
            + style.paint("bold,yellow", StateWord.WAITING_FOR_APPROVAL.text())
            + (asked.next().isEmpty() ? "" : " before " + TerminalText.line(asked.next())),
        "  " + style.paint("bold", "-> ") + command("approve"));
  }

  List<String> of(RunEvent.ApprovalGiven given) {
    return List.of(
        name(given.play(), given.wave())
            + ": approved by "
            + TerminalText.line(given.operator())
            + note(given.note()));
  }

  List<String> of(RunEvent.WaveEnded ended) {
    Optional<RunSnapshot.Wave> known =
        run.wave(ended.play(), ended.wave())
            .filter(wave -> wave.of() > 1 || (!ended.passed() && !saysAll(wave)))
            .map(wave -> RunSnapshot.Wave.of(wave, wave.started()));
    if (known.isEmpty()) {
      return List.of();
    }
    RunSnapshot.Wave wave = known.get();
    String name = name(ended.play(), ended.wave());
    String figures =
        figures(wave, isCheck())
            + ", in "
            + EventLines.time(
                Duration.between(wave.started(), wave.ended().orElse(wave.started())));
    return List.of(
        ended.passed()
            ? name + ": " + style.paint("green", StateWord.PASSED.text()) + ": " + figures
            : name
                + ": "
                + style.paint("bold,red", StateWord.FAILED.text())
                + (ended.message().isEmpty() ? "" : ": " + TerminalText.line(ended.message()))
                + " ("
                + figures
                + ")");
  }

  /** Of a play without waves that lost every device each of those has said it already. */
  private static boolean saysAll(WaveFold wave) {
    int lost = wave.count(DeviceStatus.FAILED) + wave.count(DeviceStatus.UNREACHABLE);
    return !wave.isStaged() && lost == wave.devices().size();
  }

  List<String> of(RunEvent.RunPaused paused) {
    return List.of(
        style.paint("bold,yellow", StateWord.PAUSED.text())
            + " by "
            + TerminalText.line(paused.operator())
            + note(paused.note())
            + "; no device starts until it goes on",
        "  " + style.paint("bold", "-> ") + command("resume"));
  }

  List<String> of(RunEvent.RunAborted aborted) {
    return List.of(
        style.paint("bold,red", "aborted")
            + " by "
            + TerminalText.line(aborted.operator())
            + note(aborted.note())
            + "; what is at work goes on to its end");
  }

  List<String> of(RunEvent.RunContinued continued) {
    return List.of("continued by " + TerminalText.line(continued.operator()));
  }

  List<String> of(RunEvent.RunResumed resumed) {
    return List.of(
        "resumed by "
            + TerminalText.line(resumed.operator())
            + " (process "
            + resumed.process()
            + " of this run)");
  }

  List<String> of(RunEvent.RunSuspended suspended) {
    StateWord word =
        suspended.exitCode() == ExitCode.WAITING.number()
            ? StateWord.WAITING
            : StateWord.INTERRUPTED;
    String reason = TerminalText.line(suspended.reason());
    List<String> lines = new ArrayList<>();
    lines.add(
        reason.startsWith(word.text())
            ? style.paint("bold,yellow", reason)
            : style.paint("bold,yellow", word.text()) + (reason.isEmpty() ? "" : ": " + reason));
    lines.add("  " + style.paint("bold", "-> ") + next());
    return lines;
  }

  /** What has a suspended run go on. */
  private String next() {
    if (run.run().filter(begun -> FollowUpCommand.isDemo(begun.command())).isPresent()) {
      return "a demo ends here: begin another one";
    }
    if (run.approval().isPresent()) {
      // Its line names the command.
      return "approve it, then: "
          + style.paint("bold", FollowUpCommand.resume(run.run(), run.held()));
    }
    List<String> held = run.held().stream().map(device -> device.step().device()).toList();
    return held.isEmpty()
        ? "go on with: " + command("resume")
        : "look at "
            + (held.size() == 1 ? TerminalText.line(held.getFirst()) : "each device held")
            + ", then go on with: "
            + style.paint("bold", FollowUpCommand.resume(run.run(), run.held()))
            + " (or --repeat where it was not done)";
  }

  List<String> of(RunEvent.DeviceHeld held) {
    List<String> lines = new ArrayList<>();
    lines.add(
        style.paint("bold,yellow", "held       ")
            + " "
            + TerminalText.line(held.step().device())
            + ": "
            + TerminalText.line(held.task())
            + ": "
            + TerminalText.line(held.message()));
    if (!held.remedy().isEmpty()) {
      lines.add("            " + style.paint("bold", "-> ") + TerminalText.line(held.remedy()));
    }
    return lines;
  }

  List<String> of(RunEvent.OperatorDecided decided) {
    return List.of(
        TerminalText.line(decided.step().device())
            + ": "
            + TerminalText.line(decided.operator())
            + " says that the step in doubt was "
            + (decided.done() ? "done" : "not done, and is to be repeated"));
  }

  List<String> of(RunEvent.WebhookCalled called) {
    return called.delivered()
        ? List.of()
        : List.of(
            style.paint("bold,yellow", "warning    ")
                + " the webhook could not be told of "
                + called.occasion()
                + ": "
                + TerminalText.line(called.message()));
  }

  /** {@code 12 changed, 5 ok, 2 failed}; what is 0 is left out. */
  public static String figures(RunSnapshot.Wave wave, boolean check) {
    List<String> figures = new ArrayList<>();
    figure(figures, wave.changed(), DeviceResult.CHANGED.shown(check));
    figure(figures, wave.ok() - wave.changed(), StateWord.OK);
    figure(figures, wave.failed(), StateWord.FAILED);
    figure(figures, wave.unreachable(), StateWord.UNREACHABLE);
    figure(figures, wave.stopped(), StateWord.STOPPED);
    int left = wave.devices() - wave.done();
    return String.join(", ", figures)
        + (left == 0 ? "" : (figures.isEmpty() ? "" : ", ") + left + " not done");
  }

  private static void figure(List<String> figures, int count, StateWord word) {
    if (count > 0) {
      figures.add(count + " " + word.text());
    }
  }

  private boolean isCheck() {
    return run.run().filter(RunEvent.RunStarted::check).isPresent();
  }

  private String name(int play, int number) {
    return run.wave(play, number)
        .map(
            wave ->
                style.paint("bold", TerminalText.line(wave.name()))
                    + (wave.of() == 1 ? "" : " (" + wave.number() + " of " + wave.of() + ")"))
        .orElse("wave " + number);
  }

  private String command(String verb) {
    return style.paint("bold", FollowUpCommand.command(verb, run.run()));
  }

  /** As the end of a sentence; empty when there is none. */
  public static String note(String note) {
    return note.isEmpty() ? "" : ": " + TerminalText.line(note);
  }

  private static String names(List<String> devices) {
    String more =
        devices.size() > MOST_NAMES ? " and " + (devices.size() - MOST_NAMES) + " more" : "";
    return TerminalText.line(
            String.join(", ", devices.subList(0, Math.min(devices.size(), MOST_NAMES))))
        + more;
  }
}
