package dev.edgefleet.progress;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.RunFold;
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
            + (gate.passed() ? style.paint("green", "passed") : style.paint("bold,red", "failed"))
            + ", "
            + gate.healthy()
            + " healthy, "
            + gate.unhealthy().size()
            + " not"
            + (gate.message().isEmpty() ? "" : ": " + TerminalText.line(gate.message())));
    if (!gate.unhealthy().isEmpty()) {
      lines.add("            not healthy: " + names(gate.unhealthy()));
    }
    return lines;
  }

  List<String> of(RunEvent.ApprovalAsked asked) {
    return List.of(
        name(asked.play(), asked.wave())
            + ": "
            + style.paint("bold,yellow", "waits for approval")
            + (asked.next().isEmpty() ? "" : " before " + TerminalText.line(asked.next()))
            + ": "
            + command("approve"));
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
            .filter(wave -> wave.of() > 1 || !ended.passed())
            .map(wave -> RunSnapshot.Wave.of(wave, wave.started()));
    if (known.isEmpty()) {
      return List.of();
    }
    RunSnapshot.Wave wave = known.get();
    String name = name(ended.play(), ended.wave());
    String figures =
        figures(wave)
            + ", in "
            + EventLines.time(
                Duration.between(wave.started(), wave.ended().orElse(wave.started())));
    return List.of(
        ended.passed()
            ? name + ": " + style.paint("green", "passed") + ": " + figures
            : name
                + ": "
                + style.paint("bold,red", "did not pass")
                + (ended.message().isEmpty() ? "" : ": " + TerminalText.line(ended.message()))
                + " ("
                + figures
                + ")");
  }

  List<String> of(RunEvent.RunPaused paused) {
    return List.of(
        style.paint("bold,yellow", "paused")
            + " by "
            + TerminalText.line(paused.operator())
            + note(paused.note())
            + "; no device starts until: "
            + command("resume"));
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
    List<String> lines = new ArrayList<>();
    lines.add(
        style.paint("bold,yellow", "suspended")
            + (suspended.reason().isEmpty() ? "" : ": " + TerminalText.line(suspended.reason())));
    boolean demo = run.run().filter(begun -> FollowUpCommand.isDemo(begun.command())).isPresent();
    List<String> held = run.held().stream().map(device -> device.step().device()).toList();
    String next =
        held.isEmpty()
            ? "go on with: " + command("resume")
            : "look at "
                + (held.size() == 1 ? TerminalText.line(held.getFirst()) : "each device held")
                + ", then go on with: "
                + style.paint("bold", FollowUpCommand.decide(run.run(), held))
                + " (or --repeat where it was not done)";
    lines.add(
        "  " + style.paint("bold", "-> ") + (demo ? "a demo ends here: begin another one" : next));
    return lines;
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

  /** {@code 17 ok, 2 failed}; what is 0 is left out, but for ok. */
  public static String figures(RunSnapshot.Wave wave) {
    List<String> figures = new ArrayList<>(List.of(wave.ok() + " ok"));
    figure(figures, wave.failed(), "failed");
    figure(figures, wave.unreachable(), "unreachable");
    figure(figures, wave.stopped(), "stopped");
    figure(figures, wave.devices() - wave.done(), "not done");
    return String.join(", ", figures);
  }

  private static void figure(List<String> figures, int count, String word) {
    if (count > 0) {
      figures.add(count + " " + word);
    }
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
