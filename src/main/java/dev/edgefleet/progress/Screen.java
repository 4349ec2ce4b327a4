package dev.edgefleet.progress;

import dev.edgefleet.journal.fold.StateWord;
import dev.edgefleet.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/**
 * The lines at the foot of a terminal that tell how a run stands. What matters least goes first
 * where there is little room; the headline stays.
 */
final class Screen {
  /** Most of any list that is ever shown. */
  static final int MOST = 5;

  private static final int BAR = 20;
  private static final int NARROW = 70;
  private static final int NAME = 18;

  private final RunSnapshot now;
  private final int width;

  private Screen(RunSnapshot now, int width) {
    this.now = now;
    this.width = width;
  }

  /**
   * @param width columns of the terminal
   * @param height rows of the terminal; about half of them are left to the lines that stay
   * @return at least one line, none wider than the terminal
   */
  static List<String> of(RunSnapshot now, int width, int height) {
    // A cursor in the last column makes some terminals begin a line.
    Screen screen = new Screen(now, Math.max(width - 1, 10));
    return screen.lines(Math.max(1, Math.min(height / 2 + 1, height - 2)));
  }

  private List<String> lines(int room) {
    List<String> waiting = waiting();
    List<String> waves = waves();
    List<String> slowest = slowest();
    List<String> failures = failures();
    // One row of each in the order of their worth, then a second one of each, and so on.
    int rows = room - 1;
    int ofWaiting = 0;
    int ofWaves = 0;
    int ofFailures = 0;
    int ofSlowest = 0;
    for (int round = 1; round <= room && rows > 0; round++) {
      if (rows > 0 && ofWaves < waves.size()) {
        ofWaves++;
        rows--;
      }
      if (rows > 0 && ofWaiting < waiting.size()) {
        ofWaiting++;
        rows--;
      }
      if (rows > 0 && ofFailures < failures.size()) {
        ofFailures++;
        rows--;
      }
      if (rows > 0 && ofSlowest < slowest.size()) {
        ofSlowest++;
        rows--;
      }
    }
    List<String> lines = new ArrayList<>(waves(ofWaves));
    lines.add(fitted(Headline.of(now, width)));
    lines.addAll(waiting.subList(0, ofWaiting));
    lines.addAll(slowest(slowest, ofSlowest));
    lines.addAll(failures.subList(0, ofFailures));
    return lines;
  }

  private List<String> waves() {
    return waves(MOST + 1);
  }

  /** So many rows: the present wave, those before it, and counts of what is left out. */
  private List<String> waves(int rows) {
    List<RunSnapshot.Wave> begun = now.wavesOfPlay();
    if (begun.isEmpty() || rows == 0) {
      return List.of();
    }
    Optional<String> coming = coming(begun);
    int room = rows - (coming.isPresent() && rows > 1 ? 1 : 0);
    int shown = Math.min(begun.size(), room);
    List<String> lines = new ArrayList<>();
    if (shown < begun.size() && shown > 1) {
      shown--;
      lines.add(fitted("... " + EventLines.plural(begun.size() - shown, "wave") + " before"));
    }
    begun.subList(begun.size() - shown, begun.size()).forEach(wave -> lines.add(wave(wave)));
    if (rows > 1) {
      coming.ifPresent(lines::add);
    }
    return lines;
  }

  private Optional<String> coming(List<RunSnapshot.Wave> begun) {
    int waves = begun.getLast().of() - begun.size();
    int devices = now.devices() - begun.stream().mapToInt(RunSnapshot.Wave::devices).sum();
    return waves <= 0
        ? Optional.empty()
        : Optional.of(
            fitted(
                EventLines.plural(waves, "wave")
                    + " with "
                    + EventLines.plural(devices, "device")
                    + " "
                    + StateWord.NOT_STARTED.text()));
  }

  private String wave(RunSnapshot.Wave wave) {
    String done = wave.done() + "/" + wave.devices();
    String name = cut(TerminalText.line(wave.name()), width < NARROW ? NAME / 2 : NAME);
    int lost = wave.failed() + wave.unreachable();
    return fitted(
        name
            + (width < NARROW ? " " : " " + bar(wave) + " ")
            + " ".repeat(Math.max(0, 9 - done.length()))
            + done
            + "  "
            + (lost == 0 ? "" : lost + " failed  ")
            + Headline.state(wave));
  }

  private static String bar(RunSnapshot.Wave wave) {
    int full = wave.devices() == 0 ? BAR : wave.done() * BAR / wave.devices();
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  private List<String> waiting() {
    List<String> lines = new ArrayList<>();
    now.paused()
        .ifPresent(
            paused ->
                lines.add(
                    fitted(
                        StateWord.PAUSED.text()
                            + " by "
                            + TerminalText.line(paused.operator())
                            + ": "
                            + now.command("resume"))));
    now.approval().ifPresent(_ -> lines.add(fitted("-> " + now.command("approve"))));
    now.held().stream()
        .limit(MOST)
        .forEach(
            held ->
                lines.add(
                    fitted(
                        "  "
                            + StateWord.HELD.text()
                            + "  "
                            + TerminalText.line(held.step().device())
                            + "  "
                            + TerminalText.line(held.message()))));
    return lines;
  }

  /** So many rows; when devices are left out, the last says how many. */
  private List<String> slowest(List<String> all, int rows) {
    int left = now.running() - rows;
    if (left <= 0 || rows < 2) {
      return all.subList(0, rows);
    }
    List<String> lines = new ArrayList<>(all.subList(0, rows - 1));
    lines.add(fitted("  and " + (left + 1) + " more at work"));
    return lines;
  }

  private List<String> slowest() {
    return now.slowest().stream()
        .map(
            device ->
                fitted(
                    "  "
                        + TerminalText.line(device.device())
                        + "  "
                        + TerminalText.line(device.task())
                        + "  "
                        + EventLines.time(device.since())))
        .toList();
  }

  private List<String> failures() {
    return now.failures().stream()
        .limit(MOST - 1)
        .map(
            group ->
                fitted(
                    "  "
                        + EventLines.plural(group.devices(), "device")
                        + " "
                        + EventLines.word(group.status())
                        + ": "
                        + TerminalText.line(group.task())
                        + ": "
                        + TerminalText.line(group.cause())))
        .toList();
  }

  private String fitted(String text) {
    AttributedString line = new AttributedString(text);
    return line.columnLength() <= width
        ? text
        : line.columnSubSequence(0, width - 1).toString().stripTrailing() + "…";
  }

  private static String cut(String text, int width) {
    AttributedString line = new AttributedString(text);
    int columns = line.columnLength();
    return columns <= width
        ? text + " ".repeat(width - columns)
        : line.columnSubSequence(0, width).toString();
  }
}
