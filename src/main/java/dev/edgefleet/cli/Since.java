package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment of the past as it is written on a command line. */
final class Since {
  private static final Pattern AGO = Pattern.compile("(\\d{1,5})([mhdw])");

  private Since() {}

  /**
   * @param text so long ago ({@code 30m}, {@code 12h}, {@code 7d}, {@code 2w}), a day or a time of
   *     this machine's time zone ({@code 2026-11-01}, {@code 2026-11-01T08:00}), or one with its
   *     zone
   * @throws BadInput when it is none of these
   */
  static Instant of(String text, Instant now, ZoneId zone) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
          });
    }
    try {
      if (text.endsWith("Z")) {
        return Instant.parse(text);
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadInput(
          "--since " + text + " is no time",
          "write a day (2026-11-01), a time (2026-11-01T08:00), or how long ago: 12h, 7d, 2w");
    }
  }
}
