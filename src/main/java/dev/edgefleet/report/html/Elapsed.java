package dev.edgefleet.report.html;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
final class Elapsed {
  private Elapsed() {}

  /** {@code 80 ms}, {@code 1.2 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
  static String text(long millis) {
    Duration duration = Duration.ofMillis(millis);
    if (millis < 100) {
      // The clock was set back meanwhile.
      return Math.max(0, millis) + " ms";
    }
    // 59.95 s and more would be rounded to "60.0 s".
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    if (duration.toHours() == 0) {
      Duration rounded = Duration.ofSeconds(Math.round(millis / 1000.0));
      return String.format(
          Locale.ROOT, "%d min %02d s", rounded.toMinutes(), rounded.toSecondsPart());
    }
    return String.format(
        Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }
}
