package dev.edgefleet.cli;

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
final class MaskedText {
  private static final String MASK = "***";

  /** The value is in the lines under it, further in. */
  private static final Pattern VALUE_BELOW =
      Pattern.compile("(?i)" + SourceLine.SECRET + "\\s*:\\s*(?:!\\S+\\s*)?(?:[|>][-+\\d]*)?\\s*$");

  private static final Pattern FIRST_WORD = Pattern.compile("[^\\s\"',}\\]]+");

  private MaskedText() {}

  /**
   * @param found is told the values, so that it masks them at other names too
   */
  static List<String> of(String text, Redactor found) {
    List<String> lines = new ArrayList<>();
    int above = -1;
    for (String line : text.lines().toList()) {
      int indent = line.length() - line.stripLeading().length();
      if (above >= 0 && (line.isBlank() || indent > above)) {
        learn(line, found);
        lines.add(" ".repeat(indent) + MASK);
        continue;
      }
      above = VALUE_BELOW.matcher(line).find() ? indent : -1;
      lines.add(masked(line, indent, found));
    }
    return lines;
  }

  private static String masked(String line, int indent, Redactor found) {
    Matcher secret = SourceLine.SECRET_NAME.matcher(line);
    if (secret.find()) {
      int value = secret.end() - 1;
      learn(line.substring(value), found);
      return line.substring(0, value) + MASK;
    }
    return SourceLine.shown(line).isPresent() ? line : " ".repeat(indent) + MASK;
  }

  private static void learn(String value, Redactor found) {
    Matcher word = FIRST_WORD.matcher(value);
    if (word.find()) {
      found.learn(Secret.of(word.group()));
    }
  }
}
