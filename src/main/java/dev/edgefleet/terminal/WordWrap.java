package dev.edgefleet.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines broken between words, so that a terminal does not break them inside one. */
public final class WordWrap {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern WORD = Pattern.compile(" *[^ ]+");

  // With less room than this beside the indent, an indent helps nobody.
  private static final int LEAST = 20;

  private WordWrap() {}

  /**
   * @param line one line, which may have colours
   * @param width in columns
   * @param indent of its second line and of those after it
   * @return at least one line; a word longer than the room has a line of its own
   */
  public static List<String> of(String line, int width, int indent) {
    if (columns(line) <= width) {
      return List.of(line);
    }
    String before = " ".repeat(width - indent < LEAST ? 0 : indent);
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int used = 0;
    boolean empty = true;
    for (Matcher word = WORD.matcher(line); word.find(); ) {
      int columns = columns(word.group());
      if (!empty && used + columns > width) {
        lines.add(current.toString());
        current = new StringBuilder(before);
        String text = word.group().stripLeading();
        current.append(text);
        used = before.length() + columns(text);
      } else {
        current.append(word.group());
        used += columns;
      }
      empty = false;
    }
    lines.add(current.toString());
    return lines;
  }

  private static int columns(String text) {
    String plain = COLOUR.matcher(text).replaceAll("");
    return plain.codePointCount(0, plain.length());
  }
}
