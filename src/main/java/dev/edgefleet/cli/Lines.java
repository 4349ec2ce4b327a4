package dev.edgefleet.cli;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns events into the lines that stay: one for each device, more for what went wrong. */
final class Lines {
  private final Style style;
  private final boolean verbose;
  private boolean check;
  private final Map<String, Counts> counts = new HashMap<>();

  private record Counts(int ok, int changed, int skipped, long millis) {
    Counts and(RunEvent.StepEnded step) {
      return switch (step.status()) {
        case OK -> new Counts(ok + 1, changed, skipped, millis + step.millis());
        case CHANGED -> new Counts(ok, changed + 1, skipped, millis + step.millis());
        case SKIPPED -> new Counts(ok, changed, skipped + 1, millis + step.millis());
        case FAILED, UNREACHABLE, IN_DOUBT ->
            new Counts(ok, changed, skipped, millis + step.millis());
      };
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
      case RunEvent.StepEnded step -> step(step);
      case RunEvent.DeviceEnded ended -> List.of(device(ended));
      case RunEvent.RunStarted run -> {
        check = run.check();
        yield List.of();
      }
      case RunEvent.DeviceStarted ignored -> List.of();
      case RunEvent.StepStarted ignored -> List.of();
      case RunEvent.RunEnded ignored -> List.of();
    };
  }

  private List<String> step(RunEvent.StepEnded step) {
    counts.merge(
        step.step().device(), new Counts(0, 0, 0, 0).and(step), (before, one) -> before.and(step));
    List<String> lines = new ArrayList<>();
    boolean bad =
        switch (step.status()) {
          case FAILED, UNREACHABLE, IN_DOUBT -> true;
          case OK, CHANGED, SKIPPED -> false;
        };
    boolean debug = step.action().equals("debug") && !bad;
    boolean wouldChange = check && step.changed();
    if (bad || verbose || debug || wouldChange || !step.diffs().isEmpty()) {
      String status = step.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      lines.add(
          style.paint(colour(step), pad(status, 11))
              + " "
              + step.step().device()
              + ": "
              + step.task()
              + ": "
              + step.message().replace("\n", "\n              "));
    }
    if (step.values().get("warnings") instanceof List<?> warnings) {
      warnings.forEach(
          warning ->
              lines.add(
                  style.paint("bold,yellow", pad("warning", 11))
                      + " "
                      + step.step().device()
                      + ": "
                      + warning));
    }
    if (!step.remedy().isEmpty()) {
      lines.add("            " + style.paint("bold", "-> ") + step.remedy());
    }
    if (bad && !step.output().isEmpty()) {
      step.output().lines().forEach(line -> lines.add("            | " + line));
    }
    step.diffs()
        .forEach(diff -> diff.unified().lines().forEach(line -> lines.add("  " + diff(line))));
    return lines;
  }

  private String device(RunEvent.DeviceEnded ended) {
    Counts of = counts.getOrDefault(ended.device(), new Counts(0, 0, 0, 0));
    counts.remove(ended.device());
    boolean changed = ended.status() == DeviceStatus.OK && of.changed > 0;
    String word = changed ? "changed" : ended.status().name().toLowerCase(Locale.ROOT);
    return style.paint(
            ended.status() == DeviceStatus.OK ? (changed ? "yellow" : "green") : "bold,red",
            pad(word, 11))
        + " "
        + pad(ended.device(), 24)
        + " ok="
        + (of.ok + of.changed)
        + " changed="
        + of.changed
        + " skipped="
        + of.skipped
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

  private static String colour(RunEvent.StepEnded step) {
    return switch (step.status()) {
      case OK -> "green";
      case CHANGED -> "yellow";
      case SKIPPED -> "faint";
      case FAILED, UNREACHABLE, IN_DOUBT -> "bold,red";
    };
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
