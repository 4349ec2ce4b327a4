package dev.edgefleet.terminal;

import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a file of the operator's with {@code ***} for what may be a secret: by the name that
 * it stands at, or by its looks. Unlike a {@link Redactor} it need not know the secret.
 */
public final class MaskedText {
  private static final String MASK = "***";

  /** The value is in the lines under it, further in or in a list. */
  private static final Pattern VALUE_BELOW =
      Pattern.compile("(?i)" + SourceLine.SECRET + "\\s*:\\s*(?:!\\S+\\s*)?(?:[|>][-+\\d]*)?\\s*$");

  /** The name of a secret as a value: {@code name: DB_PASSWORD}, with the secret beside it. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)[\"']?(?:name|key)[\"']?\\s*[:=]\\s*[\"']?" + SourceLine.SECRET + "\\s*,?\\s*$");

  private static final Pattern VALUE = Pattern.compile("(?i)^[\\s-]*[\"']?value[\"']?\\s*[:=]\\s*");
  private static final Pattern FIRST_WORD = Pattern.compile("[^\\s\"',}\\]]+");

  private final Redactor found;
  private final List<String> lines = new ArrayList<>();
  // The indent of the line whose value goes on below it; -1 when none does.
  private int above = -1;
  private boolean named;

  private MaskedText(Redactor found) {
    this.found = found;
  }

  /**
   * @param found is told the values, so that it masks them at other names too
   */
  public static List<String> of(String text, Redactor found) {
    MaskedText masked = new MaskedText(found);
    text.lines().forEach(masked::add);
    return masked.lines;
  }

  private void add(String line) {
    int indent = line.length() - line.stripLeading().length();
    if (above >= 0 && isBelow(line, indent)) {
      learn(line);
      lines.add(" ".repeat(indent) + MASK);
      return;
    }
    above = VALUE_BELOW.matcher(line).find() ? indent : -1;
    Matcher value = VALUE.matcher(line);
    if (named && value.find()) {
      lines.add(masked(line, value.end(), indent));
    } else {
      lines.add(masked(line, indent));
    }
    named = NAMED.matcher(line).find() || (named && !line.stripLeading().startsWith("-"));
  }

  private boolean isBelow(String line, int indent) {
    return line.isBlank()
        || indent > above
        || (indent == above && line.stripLeading().startsWith("- "));
  }

  private String masked(String line, int indent) {
    Matcher secret = SourceLine.SECRET_NAME.matcher(line);
    if (secret.find()) {
      return masked(line, secret.end() - 1, indent);
    }
    return SourceLine.shown(line).isPresent() ? line : " ".repeat(indent) + MASK;
  }

  private String masked(String line, int from, int indent) {
    String value = line.substring(from);
    learn(value);
    if (goesOn(value.strip())) {
      above = indent;
    }
    return line.substring(0, from) + MASK;
  }

  // A mapping, a list or a quoted text that does not end in its line.
  private static boolean goesOn(String value) {
    return value.endsWith("{")
        || value.endsWith("[")
        || (value.startsWith("\"") && value.indexOf('"', 1) < 0)
        || (value.startsWith("'") && value.indexOf('\'', 1) < 0);
  }

  private void learn(String value) {
    Matcher word = FIRST_WORD.matcher(value);
    if (word.find()) {
      found.learn(Secret.of(word.group()));
    }
  }
}
