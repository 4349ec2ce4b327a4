package dev.edgefleet.edge.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the form {@code key: value # comment}, itself commented out or not.
 *
 * @param marker what comments it out at the start of the line: {@code "# "}, {@code "#"} or empty
 * @param indentation the white space before the key
 * @param name the key without quotes
 * @param label the key as written with its colon
 * @param gap white space between colon and value
 * @param value as written, with its quotes; empty when there is none
 * @param tail what follows the value: white space, an inline comment
 */
record KeyLine(
    String marker,
    String indentation,
    String name,
    String label,
    String gap,
    String value,
    String tail) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<marker>#[ ]?)?(?<indentation>[ \\t]*)"
              + "(?<label>(?<quote>[\"']?)(?<name>[A-Za-z_]+)\\k<quote>[ \\t]*:)"
              + "(?<rest>$|[ \\t].*)",
          Pattern.DOTALL);

  static Optional<KeyLine> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String rest = form.group("rest");
    String after = rest.stripLeading();
    int valueLength = valueLength(after);
    String marker = form.group("marker");
    return Optional.of(
        new KeyLine(
            marker == null ? "" : marker,
            form.group("indentation"),
            form.group("name"),
            form.group("label"),
            rest.substring(0, rest.length() - after.length()),
            after.substring(0, valueLength),
            after.substring(valueLength)));
  }

  private static int valueLength(String text) {
    if (text.startsWith("#")) {
      return 0;
    }
    if (text.startsWith("\"") || text.startsWith("'")) {
      int closing = closingQuote(text, 1, text.charAt(0));
      return closing < 0 ? text.length() : closing + 1;
    }
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == '#' && Character.isWhitespace(text.charAt(i - 1))) {
        return text.substring(0, i).stripTrailing().length();
      }
    }
    return text.stripTrailing().length();
  }

  /** Where a quoted text ends that begins before {@code from}; -1 when it does not. */
  static int closingQuote(String text, int from, char quote) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == '\'') {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  boolean commented() {
    return !marker.isEmpty();
  }

  /** The value without quotes, as far as that can be told from one line. */
  String plainValue() {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** The same entry, active and indented by so many spaces. */
  KeyLine activeAt(int spaces) {
    return new KeyLine("", " ".repeat(spaces), name, label, gap, value, tail);
  }

  /** The same entry with another value in double quotes. What follows the value stays. */
  KeyLine withValue(String wanted) {
    return withPlainValue('"' + wanted + '"');
  }

  /** The same with a value that needs no quotes. */
  KeyLine withPlainValue(String wanted) {
    return new KeyLine(
        marker,
        indentation,
        name,
        label,
        gap.isEmpty() ? " " : gap,
        wanted,
        tail.isEmpty() || Character.isWhitespace(tail.charAt(0)) ? tail : " " + tail);
  }

  String text() {
    return marker + indentation + label + gap + value + tail;
  }
}
