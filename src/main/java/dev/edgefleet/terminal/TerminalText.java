package dev.edgefleet.terminal;

import java.util.function.IntPredicate;

/** Text from elsewhere as it may stand on a terminal: nothing in it moves, hides or colours. */
public final class TerminalText {
  private TerminalText() {}

  /** In one line. */
  public static String line(String text) {
    return cleaned(text.strip().replaceAll("\\R", " ").replace('\t', ' '), _ -> false);
  }

  /** With its lines and tabs. */
  public static String text(String text) {
    return cleaned(text.replace("\r\n", "\n"), c -> c == '\n' || c == '\t');
  }

  private static String cleaned(String text, IntPredicate kept) {
    if (text.codePoints().allMatch(c -> kept.test(c) || isHarmless(c))) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(kept.test(c) || isHarmless(c) ? c : '?'));
    return clean.toString();
  }

  // FORMAT has the signs that turn the direction of writing, and those without any width.
  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
