package dev.edgefleet.progress;

import dev.edgefleet.journal.fold.StateWord;
import dev.edgefleet.terminal.TerminalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run's figures in one line. */
public final class Headline {
  private Headline() {}

  /**
   * @param rank the higher, the sooner it is left out where there is no room
   */
  private record Part(String text, int rank) {}

  /** {@code 12 of 50 devices done, 3 running, 1 failed, 31 a minute, about 1:10 left, 0:24}. */
  static String of(RunSnapshot now) {
    return joined(parts(now));
  }

  /** With what matters least left out until it fits. */
  static String of(RunSnapshot now, int width) {
    List<Part> parts = parts(now);
    while (parts.size() > 1 && joined(parts).length() > width) {
      parts.remove(parts.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow());
    }
    return joined(parts);
  }

  /** With the present wave before it, and what it waits for. */
  static String withWave(RunSnapshot now) {
    String wave =
        now.wavesOfPlay().stream()
            .reduce((_, later) -> later)
            .map(
                w ->
                    TerminalText.line(w.name())
                        + " ("
                        + w.number()
                        + " of "
                        + w.of()
                        + ") "
                        + state(w)
                        + ": ")
            .orElse("");
    return wave + of(now) + (now.paused().isPresent() ? ", " + StateWord.PAUSED.text() : "");
  }

  /** Whether anything goes on that somebody may wait for. */
  static boolean isWorthTelling(RunSnapshot now) {
    return now.running() > 0 || now.wave().stream().anyMatch(wave -> !wave.isOver());
  }

  /** {@code running 12}, {@code soaking, 3:10 left}, {@code waiting for approval}. */
  public static String state(RunSnapshot.Wave wave) {
    String word = wave.state().shown().text();
    return switch (wave.state()) {
      case RUNNING -> word + " " + wave.running();
      case SOAKING ->
          word + wave.soakLeft().map(left -> ", " + EventLines.clock(left) + " left").orElse("");
      case GATE, WAITING, PASSED, FAILED, NOT_STARTED -> word;
    };
  }

  private static String joined(List<Part> parts) {
    return parts.stream().map(Part::text).collect(Collectors.joining(", "));
  }

  private static List<Part> parts(RunSnapshot now) {
    List<Part> parts = new ArrayList<>();
    if (now.devices() == 0) {
      parts.add(new Part("starting", 0));
      return parts;
    }
    parts.add(
        new Part(now.done() + " of " + EventLines.plural(now.devices(), "device") + " done", 0));
    parts.add(new Part(now.running() + " running", 4));
    parts.add(new Part(now.failed() + " failed", 1));
    if (now.unreachable() > 0) {
      parts.add(new Part(now.unreachable() + " unreachable", 3));
    }
    if (now.stopped() > 0) {
      parts.add(new Part(now.stopped() + " stopped", 6));
    }
    if (!now.held().isEmpty()) {
      parts.add(new Part(now.held().size() + " held", 2));
    }
    now.perMinute().ifPresent(rate -> parts.add(new Part(rate(rate) + " a minute", 7)));
    now.left()
        .ifPresent(
            left ->
                parts.add(
                    new Part(
                        "about "
                            + EventLines.clock(left)
                            + " left"
                            + (now.wavesOfPlay().isEmpty() ? "" : " without waits"),
                        5)));
    parts.add(new Part(EventLines.clock(now.elapsed()) + " so far", 2));
    return parts;
  }

  private static String rate(double perMinute) {
    return perMinute >= 10
        ? String.valueOf(Math.round(perMinute))
        : String.format(Locale.ROOT, "%.1f", perMinute);
  }
}
