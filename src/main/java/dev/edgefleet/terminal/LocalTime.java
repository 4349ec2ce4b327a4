package dev.edgefleet.terminal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments as an operator reads them, in this machine's time zone. */
public final class LocalTime {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private LocalTime() {}

  public static String minutes(Instant at) {
    return MINUTES.format(at.atZone(ZoneId.systemDefault()));
  }

  public static String seconds(Instant at) {
    return SECONDS.format(at.atZone(ZoneId.systemDefault()));
  }
}
