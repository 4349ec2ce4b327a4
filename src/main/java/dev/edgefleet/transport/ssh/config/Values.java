package dev.edgefleet.transport.ssh.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of ssh_config that are not plain text. */
final class Values {
  private static final int HIGHEST_PORT = 65535;
  private static final Pattern TIME_PART = Pattern.compile("(\\d{1,9})([smhdw]?)");

  private Values() {}

  static int port(String text, Source source) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Below.
    }
    throw source.error("the port is '" + text + "'", "give a number from 1 to 65535");
  }

  static boolean flag(SshConfigKeyword keyword, String text, Source source) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw source.error(keyword.written + " is '" + text + "'", "write yes or no");
    };
  }

  /** Seconds, or as in {@code 1m30s}. */
  static Duration time(SshConfigKeyword keyword, String text, Source source) {
    Matcher parts = TIME_PART.matcher(text.toLowerCase(Locale.ROOT));
    Duration sum = Duration.ZERO;
    int end = 0;
    while (parts.lookingAt()) {
      long amount = Long.parseLong(parts.group(1));
      sum =
          sum.plus(
              switch (parts.group(2)) {
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                case "w" -> Duration.ofDays(7 * amount);
                default -> Duration.ofSeconds(amount);
              });
      end = parts.end();
      parts.region(end, text.length());
    }
    if (end == 0 || end != text.length()) {
      throw source.error(
          keyword.written + " is '" + text + "'", "give seconds, or a time such as 1m30s");
    }
    return sum;
  }

  static HostKeyChecking hostKeyChecking(String text, Source source) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "ask" -> HostKeyChecking.STRICT;
      case "accept-new", "no", "false", "off" -> HostKeyChecking.ACCEPT_NEW;
      default ->
          throw source.error(
              SshConfigKeyword.STRICT_HOST_KEY_CHECKING.written + " is '" + text + "'",
              "write yes, ask, accept-new or no");
    };
  }
}
