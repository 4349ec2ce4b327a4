package dev.edgefleet.edge.module;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a module has run at least, by the words of {@code iotedge list}. They are rounded, by
 * iotedge itself or by the container engine, each in its own way: of what the words may mean the
 * shortest counts.
 */
final class Uptime {
  private static final Pattern WORDS =
      Pattern.compile(
          "up (?:about )?(?<count>an?|\\d{1,6}) (?<unit>second|minute|hour|day|week|month|year)s?"
              + "(?:[ ,].*)?");
  private static final Pattern JUST_NOW =
      Pattern.compile("up (?:now|less than a second)(?:[ ,].*)?");

  // Docker rounds to whole hours before it makes days or weeks of them.
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  /**
   * @param one shortest time that is called one of it
   * @param two shortest time that is called two
   * @param full its length
   * @param roundedUp how much more than there was may be said of three and more
   */
  private record Unit(Duration one, Duration two, Duration full, Duration roundedUp) {
    Duration atLeast(int count) {
      return switch (count) {
        case 0 -> Duration.ZERO;
        case 1 -> one;
        case 2 -> two;
        default -> full.multipliedBy(count).minus(roundedUp);
      };
    }
  }

  private static final Map<String, Unit> UNITS =
      Map.of(
          "second",
          new Unit(seconds(1), seconds(2), seconds(1), Duration.ZERO),
          "minute",
          new Unit(seconds(45), seconds(90), seconds(60), Duration.ZERO),
          "hour",
          new Unit(minutes(45), minutes(90), minutes(60), HALF_AN_HOUR),
          "day",
          new Unit(Duration.ofHours(22), Duration.ofHours(36), Duration.ofDays(1), HALF_AN_HOUR),
          "week",
          new Unit(Duration.ofDays(6), Duration.ofDays(10), Duration.ofDays(7), HALF_AN_HOUR),
          "month",
          new Unit(Duration.ofDays(29), Duration.ofDays(45), Duration.ofDays(30), HALF_AN_HOUR),
          "year",
          new Unit(Duration.ofDays(345), Duration.ofDays(547), Duration.ofDays(365), HALF_AN_HOUR));

  private Uptime() {}

  /**
   * @param description such as {@code Up 2 days} or {@code Up About a minute}
   * @return empty when it does not say
   */
  static Optional<Duration> atLeast(String description) {
    String text = description.strip().toLowerCase(Locale.ROOT);
    if (JUST_NOW.matcher(text).matches()) {
      return Optional.of(Duration.ZERO);
    }
    Matcher words = WORDS.matcher(text);
    if (!words.matches()) {
      return Optional.empty();
    }
    int count = words.group("count").startsWith("a") ? 1 : Integer.parseInt(words.group("count"));
    return Optional.ofNullable(UNITS.get(words.group("unit"))).map(unit -> unit.atLeast(count));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }
}
