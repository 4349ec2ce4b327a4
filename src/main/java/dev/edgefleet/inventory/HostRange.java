package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host names with ranges: {@code edge[01:50].plant}, {@code rack-[a:f]}, {@code node[0:100:10]}.
 */
final class HostRange {
  private static final Pattern RANGE =
      Pattern.compile("([^\\[]*)\\[(\\d{0,9}|[a-zA-Z]):(\\d{1,9}|[a-zA-Z])(?::(\\d{1,9}))?\\](.*)");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int MOST = 1_000_000;

  private HostRange() {}

  /**
   * The names that one stands for; itself when it holds no range.
   *
   * @throws BadInput when a bracket in it is not a range, or the range is empty
   */
  static List<String> expand(String name) {
    if (!name.contains("[")) {
      return List.of(name);
    }
    Matcher range = RANGE.matcher(name);
    if (!range.matches()) {
      throw new BadInput(
          "'" + name + "' is not a host name: what is in brackets has to be a range",
          "write ranges as edge[01:20], rack[a:f] or node[0:100:10]");
    }
    String from = range.group(2).isEmpty() ? "0" : range.group(2);
    List<String> values = values(name, from, range.group(3), step(name, range.group(4)));
    List<String> rest = expand(range.group(5));
    List<String> names = new ArrayList<>();
    for (String value : values) {
      rest.forEach(tail -> names.add(range.group(1) + value + tail));
      if (names.size() > MOST) {
        throw new BadInput(
            "'" + name + "' stands for more than " + MOST + " names", "make the range smaller");
      }
    }
    return names;
  }

  private static int step(String name, @Nullable String written) {
    int step = written == null ? 1 : Integer.parseInt(written);
    if (step == 0) {
      throw new BadInput("the range in '" + name + "' has the step 0", "give a step from 1");
    }
    return step;
  }

  private static List<String> values(String name, String from, String to, int step) {
    boolean digits = Character.isDigit(from.charAt(0));
    if (digits != Character.isDigit(to.charAt(0))) {
      throw new BadInput(
          "the range in '" + name + "' goes from a number to a letter",
          "give two numbers or two letters");
    }
    boolean padded = digits && from.length() > 1 && from.startsWith("0");
    if (padded && from.length() != to.length()) {
      throw new BadInput(
          "the ends of the range in '" + name + "' have a different number of digits",
          "with a leading zero write both with as many, as in [01:20]");
    }
    int first = digits ? Integer.parseInt(from) : LETTERS.indexOf(from);
    int last = digits ? Integer.parseInt(to) : LETTERS.indexOf(to);
    if (first > last) {
      throw new BadInput("the range in '" + name + "' is empty", "put the lower end first");
    }
    if ((last - first) / step > MOST) {
      throw new BadInput(
          "'" + name + "' stands for more than " + MOST + " names", "make the range smaller");
    }
    String format = padded ? "%0" + from.length() + "d" : "%d";
    List<String> values = new ArrayList<>();
    for (long n = first; n <= last; n += step) {
      values.add(
          digits ? String.format(Locale.ROOT, format, n) : LETTERS.substring((int) n, (int) n + 1));
    }
    return values;
  }
}
