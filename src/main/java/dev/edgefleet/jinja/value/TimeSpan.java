package dev.edgefleet.jinja.value;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time between two moments. */
public record TimeSpan(Duration length) {
  private static final long DAY = 86_400;

  public TimeSpan negated() {
    return new TimeSpan(length.negated());
  }

  public @Nullable Object member(String name) {
    return switch (name) {
      case "days" -> days();
      case "seconds" -> Math.floorMod(length.toSeconds(), DAY);
      case "microseconds" -> (long) length.toNanosPart() / 1000;
      case "total_seconds" ->
          (Callable) arguments -> length.toSeconds() + length.toNanosPart() / 1e9;
      default -> Undefined.because("a span of time has no '" + name + "'");
    };
  }

  private long days() {
    return Math.floorDiv(length.toSeconds(), DAY);
  }

  @Override
  public String toString() {
    long rest = Math.floorMod(length.toSeconds(), DAY);
    String time = String.format("%d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
    String micros =
        length.toNanosPart() < 1000 ? "" : String.format(".%06d", length.toNanosPart() / 1000);
    String days = days() == 0 ? "" : days() + (Math.abs(days()) == 1 ? " day, " : " days, ");
    return days + time + micros;
  }
}
