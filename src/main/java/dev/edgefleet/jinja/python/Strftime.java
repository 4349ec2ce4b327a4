package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.TemplateError;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates in Python's notation, such as {@code %Y-%m-%d}. */
public final class Strftime {
  private Strftime() {}

  public static String format(String format, ZonedDateTime at) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != '%' || i + 1 == format.length()) {
        result.append(format.charAt(i));
      } else {
        result.append(field(format.charAt(++i), at));
      }
    }
    return result.toString();
  }

  private static String field(char letter, ZonedDateTime at) {
    return switch (letter) {
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 's' -> String.valueOf(at.toEpochSecond());
      case 'f' -> String.format("%06d", at.getNano() / 1000);
      case 'e' -> String.format("%2d", at.getDayOfMonth());
      case 'u' -> String.valueOf(at.getDayOfWeek().getValue());
      case 'w' -> String.valueOf(at.getDayOfWeek().getValue() % 7);
      case 'U' -> week(at, at.getDayOfWeek().getValue() % 7);
      case 'W' -> week(at, at.getDayOfWeek().getValue() - 1);
      case 'F' -> format("%Y-%m-%d", at);
      case 'T', 'X' -> format("%H:%M:%S", at);
      case 'R' -> format("%H:%M", at);
      case 'D', 'x' -> format("%m/%d/%y", at);
      case 'c' -> format("%a %b %e %H:%M:%S %Y", at);
      case 'C' -> String.format("%02d", at.getYear() / 100);
      default -> at.format(DateTimeFormatter.ofPattern(pattern(letter), Locale.ROOT));
    };
  }

  private static String week(ZonedDateTime at, int dayOfWeek) {
    return String.format("%02d", (at.getDayOfYear() + 6 - dayOfWeek) / 7);
  }

  private static String pattern(char letter) {
    return switch (letter) {
      case 'Y' -> "uuuu";
      case 'y' -> "uu";
      case 'm' -> "MM";
      case 'd' -> "dd";
      case 'H' -> "HH";
      case 'I' -> "hh";
      case 'M' -> "mm";
      case 'S' -> "ss";
      case 'j' -> "DDD";
      case 'p' -> "a";
      case 'a' -> "EEE";
      case 'A' -> "EEEE";
      case 'b', 'h' -> "MMM";
      case 'B' -> "MMMM";
      case 'z' -> "xx";
      case 'Z' -> "zzz";
      case 'G' -> "YYYY";
      case 'V' -> "ww";
      default -> throw unknown(letter);
    };
  }

  private static TemplateError unknown(char letter) {
    return new TemplateError(
        "%" + letter + " is no field of a date", "fields are %Y %m %d %H %M %S and the like");
  }

  public static LocalDateTime parse(String text, String format) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        builder.appendLiteral(c);
        continue;
      }
      append(builder, format.charAt(++i));
    }
    DateTimeFormatter formatter =
        builder
            .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
            .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .toFormatter(Locale.ROOT);
    try {
      return LocalDateTime.parse(text, formatter);
    } catch (DateTimeException e) {
      throw new TemplateError(
          "'" + text + "' is not a date of the form '" + format + "'", "mend either");
    }
  }

  private static void append(DateTimeFormatterBuilder builder, char letter) {
    switch (letter) {
      case '%' -> builder.appendLiteral('%');
      case 'Y' -> builder.appendValue(ChronoField.YEAR, 4);
      case 'm' ->
          builder.appendValue(
              ChronoField.MONTH_OF_YEAR, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE);
      case 'd' ->
          builder.appendValue(
              ChronoField.DAY_OF_MONTH, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE);
      case 'H' ->
          builder.appendValue(
              ChronoField.HOUR_OF_DAY, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE);
      case 'M' ->
          builder.appendValue(
              ChronoField.MINUTE_OF_HOUR, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE);
      case 'S' ->
          builder.appendValue(
              ChronoField.SECOND_OF_MINUTE, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE);
      case 'f' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 6, false);
      case 'T' -> builder.appendPattern("HH:mm:ss");
      case 'F' -> builder.appendPattern("uuuu-MM-dd");
      default -> builder.appendPattern(pattern(letter));
    }
  }
}
