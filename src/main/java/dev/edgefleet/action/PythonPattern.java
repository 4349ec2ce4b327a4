package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression as Python reads it, for bytes: text is UTF-8, one character a byte, so that
 * any file can be searched. The few things that Java spells differently are translated.
 */
final class PythonPattern {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final String parameter;
  private final String written;
  private final Pattern pattern;
  private long deadline;

  /**
   * @throws BadInput when it is no regular expression
   */
  PythonPattern(String parameter, String written) {
    this.parameter = parameter;
    this.written = written;
    try {
      pattern = Pattern.compile(translated(bytes(written)), Pattern.UNIX_LINES);
    } catch (PatternSyntaxException e) {
      throw new BadInput(
          "'" + parameter + "' is no regular expression: " + e.getDescription() + " in " + written,
          "put a backslash before characters that stand for themselves, such as ( [ * + ?");
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /** Text with one character for each byte of its UTF-8. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  boolean isIn(String bytes) {
    return match(bytes).isPresent();
  }

  /**
   * The first match.
   *
   * @throws BadInput when this and the searches before it take too long, or go too deep
   */
  Optional<Matcher> match(String bytes) {
    if (deadline == 0) {
      deadline = System.nanoTime() + LONGEST.toNanos();
    }
    Matcher matcher = pattern.matcher(new TimedText(bytes));
    try {
      return matcher.find() ? Optional.of(matcher) : Optional.empty();
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  private BadInput tooDeep() {
    return new BadInput(
        "'" + parameter + "' goes too deep: " + written, "use fewer groups within groups");
  }

  // Some expressions try for years, and a thread that matches cannot be interrupted.
  private final class TimedText implements CharSequence {
    private final String text;

    TimedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (System.nanoTime() - deadline > 0) {
        throw new BadInput(
            "'" + parameter + "' takes more than " + LONGEST.toSeconds() + " seconds: " + written,
            "avoid repetitions within repetitions, such as (a+)+");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A replacement with its {@code \1}, {@code \g<name>} and escapes filled in from a match. */
  static String expand(Matcher match, String replacement) {
    StringBuilder expanded = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        expanded.append(c);
        continue;
      }
      char next = replacement.charAt(++i);
      if (next == 'g' && i + 1 < replacement.length() && replacement.charAt(i + 1) == '<') {
        int close = replacement.indexOf('>', i);
        if (close < 0) {
          throw new BadInput("'line' has a \\g< without its >", "write it as \\g<name>");
        }
        expanded.append(group(match, replacement.substring(i + 2, close)));
        i = close;
      } else if (next >= '1' && next <= '9') {
        int end = i + 1;
        if (end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
          end++;
        }
        expanded.append(group(match, replacement.substring(i, end)));
        i = end - 1;
      } else {
        expanded.append(escape(next));
      }
    }
    return expanded.toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'f' -> "\f";
      case 'v' -> "\u000b";
      case 'a' -> "\u0007";
      case 'b' -> "\b";
      case '0' -> "\0";
      case '\\' -> "\\";
      default -> {
        if (Character.isLetter(c)) {
          throw new BadInput(
              "'line' has the unknown escape \\" + c, "write a backslash as \\\\ with backrefs");
        }
        yield "\\" + c;
      }
    };
  }

  private static String group(Matcher match, String name) {
    try {
      String found =
          Character.isDigit(name.charAt(0))
              ? match.group(Integer.parseInt(name))
              : match.group(name);
      return found == null ? "" : found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BadInput(
          "'line' names the group " + name + ", which regexp does not have",
          "put parentheses into regexp");
    }
  }

  private static String translated(String python) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < python.length(); i++) {
      char c = python.charAt(i);
      if (c == '\\' && i + 1 < python.length()) {
        char next = python.charAt(++i);
        java.append(next == 'Z' ? "\\z" : "\\" + next);
      } else if (inClass) {
        // Java has sets within sets, Python has not.
        java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        java.append(c);
        if (python.startsWith("^", i + 1)) {
          java.append(python.charAt(++i));
        }
        if (python.startsWith("]", i + 1)) {
          java.append('\\').append(python.charAt(++i));
        }
      } else if (python.startsWith("(?P<", i)) {
        java.append("(?<");
        i += 3;
      } else if (python.startsWith("(?P=", i) && python.indexOf(')', i) > 0) {
        int close = python.indexOf(')', i);
        java.append("\\k<").append(python, i + 4, close).append('>');
        i = close;
      } else if (python.startsWith("{,", i)) {
        java.append("{0");
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }
}
