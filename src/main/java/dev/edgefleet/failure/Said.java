package dev.edgefleet.failure;

import org.jspecify.annotations.Nullable;

/**
 * What a device said, fit to stand in a sentence that an operator reads: one line, of a length that
 * leaves the rest of the sentence in sight, without characters that move the cursor or turn the
 * direction of writing.
 */
public final class Said {
  /** How many characters are kept. */
  public static final int LONGEST = 300;

  private Said() {}

  /** The text made fit; empty when nothing was said. */
  public static String of(@Nullable String text) {
    if (text == null) {
      return "";
    }
    StringBuilder line = new StringBuilder();
    boolean gap = false;
    int i = 0;
    while (i < text.length() && line.length() <= LONGEST) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        gap = !line.isEmpty();
      } else if (isShown(c)) {
        if (gap) {
          line.append(' ');
          gap = false;
        }
        line.appendCodePoint(c);
      }
    }
    return line.length() <= LONGEST ? line.toString() : cut(line);
  }

  private static String cut(StringBuilder line) {
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return line.substring(0, end) + "…";
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  // Format characters are those that turn the direction of writing, and those that nobody sees.
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
