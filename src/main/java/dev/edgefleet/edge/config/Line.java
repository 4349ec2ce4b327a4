package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a text file.
 *
 * @param text without its end
 * @param ending {@code \n}, {@code \r\n}, or empty for a last line that has none
 */
record Line(String text, String ending) {
  // A file that went twice through a converter has \r\r\n; the daemon takes it for one line end.
  private static final Pattern END = Pattern.compile("\r*\n");

  static List<Line> split(String text) {
    List<Line> lines = new ArrayList<>();
    Matcher end = END.matcher(text);
    int start = 0;
    while (end.find()) {
      lines.add(new Line(text.substring(start, end.start()), end.group()));
      start = end.end();
    }
    if (start < text.length()) {
      lines.add(new Line(text.substring(start), ""));
    }
    return lines;
  }

  static String join(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.text).append(line.ending);
    }
    return text.toString();
  }

  Line withText(String other) {
    return new Line(other, ending);
  }

  boolean blank() {
    return text.isBlank();
  }

  boolean comment() {
    return text.stripLeading().startsWith("#");
  }

  /** Something the YAML parser reads: neither blank nor a comment. */
  boolean active() {
    return !blank() && !comment();
  }

  boolean indented() {
    return text.startsWith(" ") || text.startsWith("\t");
  }

  /** Number of spaces and tabs in front. */
  int indentation() {
    return text.length() - text.stripLeading().length();
  }
}
