package dev.edgefleet.action.file;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.text.PythonSyntax;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as Python reads it, for bytes: text is UTF-8, one character a byte, so that
 * any file can be searched.
 */
public final class PythonPattern {
  private static final Pattern NAMED = Pattern.compile("\\(\\?P<(\\w+)>");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final String parameter;
  private final String written;
  private final PythonSyntax syntax;
  private long deadline;

  /**
   * @throws BadInput when it is no regular expression
   */
  public PythonPattern(String parameter, String written) {
    this.parameter = parameter;
    this.written = written;
    try {
      syntax = PythonSyntax.of(bytes(written), Pattern.UNIX_LINES);
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
  public Optional<Matcher> match(String bytes) {
    if (deadline == 0) {
      deadline = System.nanoTime() + LONGEST.toNanos();
    }
    Matcher matcher = syntax.matcher(bytes, this::checkTime);
    try {
      return matcher.find() ? Optional.of(matcher) : Optional.empty();
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /** What its groups that have a name matched; null for one that took no part. */
  public Map<String, @Nullable String> named(Matcher match) {
    Map<String, @Nullable String> all = new LinkedHashMap<>();
    NAMED
        .matcher(written)
        .results()
        .map(found -> found.group(1))
        .forEach(
            name -> syntax.group(name).ifPresent(number -> all.put(name, match.group(number))));
    return all;
  }

  private void checkTime() {
    if (System.nanoTime() - deadline > 0) {
      throw new BadInput(
          "'" + parameter + "' takes more than " + LONGEST.toSeconds() + " seconds: " + written,
          "avoid repetitions within repetitions, such as (a+)+");
    }
  }

  private BadInput tooDeep() {
    return new BadInput(
        "'" + parameter + "' goes too deep: " + written, "use fewer groups within groups");
  }

  /** A replacement with its {@code \1}, {@code \g<name>} and escapes filled in from a match. */
  String expand(Matcher match, String replacement) {
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

  private String group(Matcher match, String name) {
    OptionalInt number = syntax.group(name);
    if (number.isEmpty()) {
      throw new BadInput(
          "'line' names the group " + name + ", which regexp does not have",
          "put parentheses into regexp");
    }
    String found = match.group(number.getAsInt());
    return found == null ? "" : found;
  }
}
