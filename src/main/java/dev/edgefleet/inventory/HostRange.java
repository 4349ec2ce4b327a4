package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Host names with ranges: {@code edge[01:50].plant} and {@code rack-[a:f]}. */
final class HostRange {
  private static final Pattern RANGE =
      Pattern.compile("(.*?)\\[(\\d{1,9}|[a-zA-Z]):(\\d{1,9}|[a-zA-Z])(?::(\\d{1,9}))?\\](.*)");

  private HostRange() {}

  static List<String> expand(String name) {
    Matcher range = RANGE.matcher(name);
    if (!range.matches()) {
      return List.of(name);
    }
    int step = range.group(4) == null ? 1 : Math.max(1, Integer.parseInt(range.group(4)));
    List<String> rest = expand(range.group(5));
    if (values(range.group(2), range.group(3), step).findAny().isEmpty()) {
      throw new BadInput("the range in '" + name + "' is empty", "put the lower end first");
    }
    return values(range.group(2), range.group(3), step)
        .flatMap(value -> rest.stream().map(tail -> range.group(1) + value + tail))
        .toList();
  }

  private static Stream<String> values(String from, String to, int step) {
    if (Character.isDigit(from.charAt(0)) && Character.isDigit(to.charAt(0))) {
      String format = from.startsWith("0") ? "%0" + from.length() + "d" : "%d";
      return Stream.iterate(Integer.parseInt(from), n -> n <= Integer.parseInt(to), n -> n + step)
          .map(n -> String.format(Locale.ROOT, format, n));
    }
    return Stream.iterate((int) from.charAt(0), c -> c <= to.charAt(0), c -> c + step)
        .map(Character::toString);
  }
}
