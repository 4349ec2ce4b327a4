package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.python.Strftime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** A date with a time and no zone, as {@code now()} and {@code to_datetime} give it. */
public record Timestamp(LocalDateTime at) {
  public TimeSpan since(Timestamp other) {
    return new TimeSpan(Duration.between(other.at, at));
  }

  public Timestamp plus(TimeSpan span) {
    return new Timestamp(at.plus(span.length()));
  }

  public @Nullable Object member(String name) {
    return switch (name) {
      case "year" -> (long) at.getYear();
      case "month" -> (long) at.getMonthValue();
      case "day" -> (long) at.getDayOfMonth();
      case "hour" -> (long) at.getHour();
      case "minute" -> (long) at.getMinute();
      case "second" -> (long) at.getSecond();
      case "microsecond" -> at.getLong(ChronoField.MICRO_OF_SECOND);
      case "strftime" ->
          (Callable)
              arguments ->
                  Strftime.format(arguments.bound("format!").text("format"), at.atZone(zone()));
      case "isoformat" -> (Callable) arguments -> iso();
      case "timestamp" ->
          (Callable)
              arguments -> {
                var instant = at.atZone(zone()).toInstant();
                return instant.getEpochSecond() + instant.getNano() / 1e9;
              };
      case "weekday" -> (Callable) arguments -> (long) at.getDayOfWeek().getValue() - 1;
      case "isoweekday" -> (Callable) arguments -> (long) at.getDayOfWeek().getValue();
      case "date" -> (Callable) arguments -> new Timestamp(at.toLocalDate().atStartOfDay());
      default -> Undefined.because("a date has no '" + name + "'");
    };
  }

  public String iso() {
    return shown('T');
  }

  @Override
  public String toString() {
    return shown(' ');
  }

  private String shown(char between) {
    String text = at.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'" + between + "'HH:mm:ss"));
    int micros = at.get(ChronoField.MICRO_OF_SECOND);
    return micros == 0 ? text : text + String.format(".%06d", micros);
  }

  private static ZoneId zone() {
    return ZoneId.systemDefault();
  }
}
