package dev.edgefleet.progress;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.fold.PartFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.StateWord;
import dev.edgefleet.journal.fold.StepCounts;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.StepResult;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns events into the lines that stay: one for each device, more for what went wrong. */
public final class EventLines {
  /** Room for {@code unreachable}, the longest word of most runs. */
  private static final int WORD = 11;

  private static final String INDENT = " ".repeat(WORD + 1);

  private final Style style;
  private final boolean verbose;
  private final RunFold run = RunFold.counting();
  private final RepeatedFailures repeated = new RepeatedFailures(run.failures());
  private final RepeatedWarnings warned = new RepeatedWarnings();
  private final RolloutLines rollout;

  public EventLines(Style style, boolean verbose) {
    this.style = style;
    this.verbose = verbose;
    this.rollout = new RolloutLines(style, run);
  }

  /**
   * How the run stands.
   *
   * @param most how many of the slowest devices and of the latest failures to tell of
   */
  synchronized RunSnapshot standing(Instant now, int most) {
    return RunSnapshot.of(run, now, most);
  }

  /** Takes note of an entry that is not told any more. */
  synchronized void recall(JournalEntry entry) {
    run.add(entry);
  }

  /** The lines for an entry; most have none. */
  synchronized List<String> of(JournalEntry entry) {
    run.add(entry);
    RunEvent event = entry.event();
    List<String> lines = lines(event);
    // What was held back is told before the part ends that it belongs to.
    return switch (event) {
      case RunEvent.WaveEnded _ -> after(untold(repeated.all(Instant.now())), lines);
      case RunEvent.PlayStarted _ -> after(untold(repeated.all(Instant.now())), lines);
      case RunEvent.RunSuspended _ -> after(untold(repeated.all(Instant.now())), lines);
      case RunEvent.RunEnded _ -> after(untold(repeated.all(Instant.now())), lines);
      default -> lines;
    };
  }

  /** Lines for failures that were held back, when it is time for them; to be asked for often. */
  synchronized List<String> due(Instant now) {
    return untold(repeated.due(now));
  }

  private static List<String> after(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  private List<String> untold(List<RepeatedFailures.Untold> kinds) {
    return kinds.stream()
        .map(
            kind ->
                coloured(kind.group().status())
                    + " … and "
                    + kind.more()
                    + " more like this: "
                    + TerminalText.line(kind.group().task())
                    + ": "
                    + TerminalText.line(kind.group().cause()))
        .toList();
  }

  private List<String> lines(RunEvent event) {
    return switch (event) {
      case RunEvent.PlayStarted play ->
          List.of(
              style.paint("bold", TerminalText.line(play.name()))
                  + ": "
                  + plural(play.devices().size(), "device"));
      case RunEvent.WaveStarted wave -> rollout.of(wave);
      case RunEvent.StepEnded step -> step(step);
      case RunEvent.StepRetried step -> retried(step);
      case RunEvent.DeviceEnded ended -> device(ended);
      case RunEvent.RunResumed resumed -> rollout.of(resumed);
      case RunEvent.SoakStarted soak -> rollout.of(soak);
      case RunEvent.GateChecked gate -> rollout.of(gate);
      case RunEvent.ApprovalAsked asked -> rollout.of(asked);
      case RunEvent.ApprovalGiven given -> rollout.of(given);
      case RunEvent.WaveEnded ended -> rollout.of(ended);
      case RunEvent.RunPaused paused -> rollout.of(paused);
      case RunEvent.RunContinued continued -> rollout.of(continued);
      case RunEvent.DeviceHeld held -> rollout.of(held);
      case RunEvent.OperatorDecided decided -> rollout.of(decided);
      case RunEvent.WebhookCalled called -> rollout.of(called);
      case RunEvent.RunSuspended suspended -> rollout.of(suspended);
      case RunEvent.RunAborted aborted -> rollout.of(aborted);
      case RunEvent.RunWarned warned -> List.of(warning(warned.message()));
      default -> List.of();
    };
  }

  private List<String> step(RunEvent.StepEnded step) {
    List<String> lines = new ArrayList<>();
    boolean debug = step.action().equals("debug") && step.status() == StepStatus.OK;
    boolean wouldChange = step.changed() && isCheck();
    boolean bad = step.status().isFailure();
    boolean told = bad && (verbose || repeated.tells(step));
    if (told || verbose || debug || wouldChange || !step.diffs().isEmpty()) {
      lines.add(
          coloured(step.status())
              + " "
              + TerminalText.line(step.step().device())
              + ": "
              + TerminalText.line(step.task())
              + (step.item().isEmpty() ? "" : " [" + TerminalText.line(step.item()) + "]")
              + ": "
              + TerminalText.text(step.message()).replace("\n", "\n" + INDENT + "  "));
    }
    warnings(step, lines);
    // What to do about it is told once for all, at the end; to see it here as well asks for -v.
    if (verbose && !step.remedy().isEmpty()) {
      lines.add(INDENT + style.paint("bold", "-> ") + TerminalText.line(step.remedy()));
    }
    if (verbose && (bad || StepResult.of(step.status()).isTolerated())) {
      TerminalText.text(step.output()).lines().forEach(line -> lines.add(INDENT + "| " + line));
    }
    step.diffs()
        .forEach(
            diff ->
                TerminalText.text(diff.unified())
                    .lines()
                    .forEach(line -> lines.add("  " + diff(line))));
    return lines;
  }

  /** How far in the rest of a line of these stands that is too long for the terminal. */
  static int indent(String line) {
    int spaces = line.length() - line.stripLeading().length();
    return spaces > 0 ? spaces + 2 : INDENT.length() + 2;
  }

  private boolean isCheck() {
    return run.run().filter(RunEvent.RunStarted::check).isPresent();
  }

  private void warnings(RunEvent.StepEnded step, List<String> lines) {
    String device = step.step().device();
    for (String warning : step.warnings()) {
      switch (verbose ? RepeatedWarnings.Telling.TOLD : warned.of(device, warning)) {
        case TOLD -> lines.add(warning(TerminalText.line(device) + ": " + warning));
        case AND_MORE -> lines.add(warning("… more devices, in the summary: " + warning));
        case PASSED_OVER -> {}
      }
    }
  }

  private String warning(String text) {
    return style.paint("bold,yellow", pad("warning")) + " " + TerminalText.line(text);
  }

  private List<String> retried(RunEvent.StepRetried step) {
    return verbose
        ? List.of(
            style.paint("faint", pad(StateWord.RETRIED.text()))
                + " "
                + TerminalText.line(step.step().device())
                + ": "
                + TerminalText.line(step.task())
                + ": attempt "
                + step.step().attempt()
                + ": "
                + TerminalText.line(step.message()))
        : List.of();
  }

  // A device that failed has had its line, which says why.
  private List<String> device(RunEvent.DeviceEnded ended) {
    StepCounts of =
        run.device(ended.device())
            .flatMap(device -> device.part(ended.play()))
            .map(PartFold::counts)
            .orElse(StepCounts.NONE);
    return switch (ended.status()) {
      case FAILED, UNREACHABLE -> verbose ? List.of(device(ended, of)) : List.of();
      case OK, STOPPED -> List.of(device(ended, of));
    };
  }

  private String device(RunEvent.DeviceEnded ended, StepCounts of) {
    boolean changed = ended.status() == DeviceStatus.OK && of.changed() > 0;
    String word = word(ended.status(), changed).text();
    String colour =
        switch (ended.status()) {
          case OK -> changed ? "yellow" : "green";
          case STOPPED -> "bold,yellow";
          case FAILED, UNREACHABLE -> "bold,red";
        };
    return style.paint(colour, pad(word))
        + " "
        + pad(TerminalText.line(ended.device()), 24)
        + " ok="
        + of.ok()
        + " changed="
        + of.changed()
        + " skipped="
        + of.skipped()
        + (of.rescued() == 0 ? "" : " rescued=" + of.rescued())
        + (of.ignored() == 0 ? "" : " ignored=" + of.ignored())
        + "  "
        + time(Duration.ofMillis(of.millis()));
  }

  private StateWord word(DeviceStatus status, boolean changed) {
    return switch (status) {
      case OK -> changed ? DeviceResult.CHANGED.shown(isCheck()) : StateWord.OK;
      case FAILED -> StateWord.FAILED;
      case UNREACHABLE -> StateWord.UNREACHABLE;
      case STOPPED -> StateWord.STOPPED;
    };
  }

  public static String time(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    long seconds = millis / 1000;
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : seconds < 3600
            ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
            : String.format(
                Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** As on a clock, for what is waited for: {@code 0:45}, {@code 10:00}, {@code 1:30:00}. */
  static String clock(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  public static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private String diff(String line) {
    if (line.startsWith("+")) {
      return style.paint("green", line);
    }
    return line.startsWith("-") ? style.paint("red", line) : line;
  }

  /** {@code in doubt}. */
  static String word(StepStatus status) {
    return StepResult.of(status).shown().text();
  }

  private String coloured(StepStatus status) {
    String colour =
        switch (status) {
          case OK -> "green";
          case CHANGED -> "yellow";
          case SKIPPED -> "faint";
          case IGNORED, RESCUED -> "magenta";
          case FAILED, UNREACHABLE, IN_DOUBT -> "bold,red";
        };
    return style.paint(colour, pad(StepResult.of(status).shown(isCheck()).text()));
  }

  // In a check run the longest word is "would change".
  private String pad(String word) {
    return pad(word, isCheck() ? WORD + 1 : WORD);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
