package dev.edgefleet.cli;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns events into the lines that stay: one for each device, more for what went wrong. */
final class Lines {
  private static final int WORD = 11;

  private final Style style;
  private final boolean verbose;
  private boolean check;
  private final Map<String, Counts> counts = new HashMap<>();

  private record Counts(int ok, int changed, int skipped, int rescued, int ignored, long millis) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    Counts and(RunEvent.StepEnded step) {
      return new Counts(
          ok + one(step, StepStatus.OK) + one(step, StepStatus.CHANGED),
          changed + one(step, StepStatus.CHANGED),
          skipped + one(step, StepStatus.SKIPPED),
          rescued + one(step, StepStatus.RESCUED),
          ignored + one(step, StepStatus.IGNORED),
          millis + step.millis());
    }

    private static int one(RunEvent.StepEnded step, StepStatus status) {
      return step.status() == status ? 1 : 0;
    }
  }

  Lines(Style style, boolean verbose) {
    this.style = style;
    this.verbose = verbose;
  }

  /** The lines for an event; most have none. */
  synchronized List<String> of(RunEvent event) {
    return switch (event) {
      case RunEvent.PlayStarted play ->
          List.of(
              style.paint("bold", play.name()) + ": " + plural(play.devices().size(), "device"));
      case RunEvent.WaveStarted wave ->
          wave.waves() == 1
              ? List.of()
              : List.of(
                  wave.name()
                      + " ("
                      + wave.wave()
                      + " of "
                      + wave.waves()
                      + "): "
                      + plural(wave.devices().size(), "device"));
      case RunEvent.StepEnded step -> step(step);
      case RunEvent.StepRetried step -> retried(step);
      case RunEvent.DeviceEnded ended -> device(ended);
      case RunEvent.RunStarted run -> {
        check = run.check();
        yield List.of();
      }
      case RunEvent.DeviceStarted ignored -> List.of();
      case RunEvent.StepStarted ignored -> List.of();
      case RunEvent.RunResumed ignored -> List.of();
      case RunEvent.SoakStarted ignored -> List.of();
      case RunEvent.SoakEnded ignored -> List.of();
      case RunEvent.GateChecked ignored -> List.of();
      case RunEvent.ApprovalAsked ignored -> List.of();
      case RunEvent.ApprovalGiven ignored -> List.of();
      case RunEvent.WaveEnded ignored -> List.of();
      case RunEvent.RunPaused ignored -> List.of();
      case RunEvent.RunContinued ignored -> List.of();
      case RunEvent.RunAborted ignored -> List.of();
      case RunEvent.FileUsed ignored -> List.of();
      case RunEvent.BlockEntered ignored -> List.of();
      case RunEvent.HandlersNotified ignored -> List.of();
      case RunEvent.DeviceHeld ignored -> List.of();
      case RunEvent.OperatorDecided ignored -> List.of();
      case RunEvent.WebhookCalled ignored -> List.of();
      case RunEvent.RunSuspended ignored -> List.of();
      case RunEvent.RunEnded ignored -> List.of();
    };
  }

  private List<String> step(RunEvent.StepEnded step) {
    counts.merge(step.step().device(), Counts.NONE.and(step), (before, one) -> before.and(step));
    List<String> lines = new ArrayList<>();
    boolean debug = step.action().equals("debug") && step.status() == StepStatus.OK;
    boolean wouldChange = check && step.changed();
    boolean bad = step.status().isFailure();
    if (bad || verbose || debug || wouldChange || !step.diffs().isEmpty()) {
      lines.add(
          word(step.status())
              + " "
              + step.step().device()
              + ": "
              + step.task()
              + (step.item().isEmpty() ? "" : " [" + step.item() + "]")
              + ": "
              + step.message().replace("\n", "\n              "));
    }
    if (step.values().get("warnings") instanceof List<?> warnings) {
      warnings.forEach(
          warning ->
              lines.add(
                  style.paint("bold,yellow", pad("warning", WORD))
                      + " "
                      + step.step().device()
                      + ": "
                      + warning));
    }
    // What to do about it is told once for all, at the end; to see it here as well asks for -v.
    if (verbose && !step.remedy().isEmpty()) {
      lines.add("            " + style.paint("bold", "-> ") + step.remedy());
    }
    if (bad && verbose) {
      step.output().lines().forEach(line -> lines.add("            | " + line));
    }
    step.diffs()
        .forEach(diff -> diff.unified().lines().forEach(line -> lines.add("  " + diff(line))));
    return lines;
  }

  private List<String> retried(RunEvent.StepRetried step) {
    return verbose
        ? List.of(
            style.paint("faint", pad("retry", WORD))
                + " "
                + step.step().device()
                + ": "
                + step.task()
                + ": attempt "
                + step.step().attempt()
                + ": "
                + step.message())
        : List.of();
  }

  // A device that failed has had its line, which says why.
  private List<String> device(RunEvent.DeviceEnded ended) {
    Counts of = counts.getOrDefault(ended.device(), Counts.NONE);
    counts.remove(ended.device());
    return switch (ended.status()) {
      case FAILED, UNREACHABLE -> verbose ? List.of(device(ended, of)) : List.of();
      case OK, STOPPED -> List.of(device(ended, of));
    };
  }

  private String device(RunEvent.DeviceEnded ended, Counts of) {
    boolean changed = ended.status() == DeviceStatus.OK && of.changed > 0;
    String word = changed ? "changed" : ended.status().name().toLowerCase(Locale.ROOT);
    String colour =
        switch (ended.status()) {
          case OK -> changed ? "yellow" : "green";
          case STOPPED -> "bold,yellow";
          case FAILED, UNREACHABLE -> "bold,red";
        };
    return style.paint(colour, pad(word, WORD))
        + " "
        + pad(ended.device(), 24)
        + " ok="
        + of.ok
        + " changed="
        + of.changed
        + " skipped="
        + of.skipped
        + (of.rescued == 0 ? "" : " rescued=" + of.rescued)
        + (of.ignored == 0 ? "" : " ignored=" + of.ignored)
        + "  "
        + time(Duration.ofMillis(of.millis));
  }

  static String time(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
        : seconds < 3600
            ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
            : String.format(
                Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private String diff(String line) {
    if (line.startsWith("+")) {
      return style.paint("green", line);
    }
    return line.startsWith("-") ? style.paint("red", line) : line;
  }

  private String word(StepStatus status) {
    String colour =
        switch (status) {
          case OK -> "green";
          case CHANGED -> "yellow";
          case SKIPPED -> "faint";
          case IGNORED, RESCUED -> "magenta";
          case FAILED, UNREACHABLE, IN_DOUBT -> "bold,red";
        };
    return style.paint(colour, pad(status.name().toLowerCase(Locale.ROOT).replace('_', ' '), WORD));
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
