package dev.edgefleet.report.html;

import dev.edgefleet.journal.fold.ApprovalRecord;
import dev.edgefleet.journal.fold.GateRecord;
import dev.edgefleet.journal.fold.SoakRecord;
import dev.edgefleet.journal.fold.WaveState;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.WaveReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A play's waves drawn over the time they took.
 *
 * @param from when the first began
 * @param to when the last ended; for a run that is not over, when its journal ends
 * @param rows one for each wave
 */
record Timeline(PlayReport play, Instant from, Instant to, List<Row> rows) {
  // What took no time worth speaking of is still to be seen.
  private static final double LEAST_PERCENT = 0.7;

  /**
   * @param said what happened in it, each a phrase of its own
   */
  record Row(WaveReport wave, String name, List<Bar> bars, List<String> said) {
    /** All of it for those who do not see the bars. */
    String spoken() {
      return name + ": " + Page.label(wave.state()) + "; " + String.join("; ", said);
    }
  }

  /**
   * One stretch of a wave.
   *
   * @param kind {@code work}, {@code soak}, {@code gate} or {@code approval}
   * @param x percent from the left
   * @param width percent
   */
  record Bar(String kind, String x, String width) {}

  static List<Timeline> of(RunReport report) {
    return report.plays().stream()
        .filter(play -> !play.waves().isEmpty())
        .map(play -> of(play, report.run().lastRecord()))
        .toList();
  }

  private static Timeline of(PlayReport play, Instant now) {
    Instant from =
        play.waves().stream()
            .flatMap(wave -> wave.started().stream())
            .min(Instant::compareTo)
            .orElse(play.started());
    Instant to =
        play.waves().stream()
            .filter(wave -> wave.started().isPresent())
            .map(wave -> wave.ended().orElse(now))
            .max(Instant::compareTo)
            .orElse(now);
    List<Row> rows =
        play.waves().stream()
            .map(wave -> new Row(wave, name(wave), bars(wave, from, to), said(wave, to)))
            .toList();
    return new Timeline(play, from, to, rows);
  }

  static String name(WaveReport wave) {
    return wave.name().isEmpty() ? "wave " + wave.wave() : wave.name();
  }

  private static List<Bar> bars(WaveReport wave, Instant from, Instant to) {
    List<Bar> bars = new ArrayList<>();
    Instant end = wave.ended().orElse(to);
    wave.started()
        .ifPresent(
            started -> {
              Instant through =
                  Stream.of(
                          wave.soak().map(SoakRecord::started),
                          wave.gate().map(GateRecord::started),
                          wave.approval().map(ApprovalRecord::asked))
                      .flatMap(Optional::stream)
                      .min(Instant::compareTo)
                      .orElse(end);
              bars.add(bar("work", started, through, from, to));
            });
    wave.soak().ifPresent(s -> bars.add(bar("soak", s.started(), s.ended().orElse(end), from, to)));
    wave.gate()
        .ifPresent(g -> bars.add(bar("gate", g.started(), g.checked().orElse(end), from, to)));
    wave.approval()
        .ifPresent(a -> bars.add(bar("approval", a.asked(), a.given().orElse(end), from, to)));
    return bars;
  }

  private static Bar bar(String kind, Instant begin, Instant end, Instant from, Instant to) {
    double all = Math.max(1, Duration.between(from, to).toMillis());
    double width =
        Math.clamp(Duration.between(begin, end).toMillis() * 100.0 / all, LEAST_PERCENT, 100.0);
    double x = Duration.between(from, begin).toMillis() * 100.0 / all;
    return new Bar(kind, percent(Math.clamp(x, 0, 100 - width)), percent(width));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }

  private static List<String> said(WaveReport wave, Instant to) {
    List<String> said = new ArrayList<>();
    wave.devices().ifPresent(count -> said.add(devices(wave, count)));
    wave.soak()
        .ifPresent(
            soak ->
                said.add(
                    (soak.ended().isPresent() ? "soaked " : "soaking for ")
                        + Elapsed.text(soak.seconds() * 1000)));
    wave.gate().ifPresent(gate -> said.add(gate(gate)));
    wave.approval().ifPresent(approval -> said.add(approval(approval, to)));
    if (!wave.message().isEmpty()) {
      said.add(wave.message());
    }
    return said;
  }

  private static String devices(WaveReport wave, int count) {
    if (wave.state() == WaveState.NOT_STARTED) {
      return Page.devices(count);
    }
    List<String> parts = new ArrayList<>();
    addCount(parts, wave.changed(), "changed");
    addCount(parts, wave.ok(), "ok");
    addCount(parts, wave.failed(), "failed");
    addCount(parts, wave.unreachable(), "unreachable");
    addCount(parts, wave.stopped(), "stopped");
    addCount(parts, wave.held(), "held");
    wave.gate().ifPresent(gate -> addCount(parts, gate.unhealthy().size(), "unhealthy"));
    return Page.devices(count) + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static void addCount(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private static String gate(GateRecord gate) {
    int looked = gate.healthy() + gate.unhealthy().size();
    return gate.passed()
        .map(
            passed ->
                "gate "
                    + (passed ? "passed" : "failed")
                    + ", "
                    + gate.healthy()
                    + " of "
                    + looked
                    + " healthy")
        .orElse("at the gate");
  }

  private static String approval(ApprovalRecord approval, Instant to) {
    String waited =
        Elapsed.text(Duration.between(approval.asked(), approval.given().orElse(to)).toMillis());
    if (approval.given().isEmpty()) {
      return "waiting for approval" + (approval.next().isEmpty() ? "" : " of " + approval.next());
    }
    return "approved by "
        + approval.operator()
        + " after "
        + waited
        + (approval.note().isEmpty() ? "" : ": \u201c" + approval.note() + "\u201d");
  }
}
