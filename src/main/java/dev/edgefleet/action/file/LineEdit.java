package dev.edgefleet.action.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One line that is to be in a text, or not. Works on bytes as characters (see {@link
 * PythonPattern#bytes}) and keeps every other line as it is, its ending included.
 *
 * @param lines each with its line feed; the last one may have none
 * @param done in words; empty when nothing had to be done
 * @param found how many lines an absent line was on
 */
record LineEdit(List<String> lines, String done, int found) {
  /** Where a line goes that has no line to replace. */
  sealed interface Position {
    record Beginning() implements Position {}

    record End() implements Position {}

    record After(PythonPattern pattern) implements Position {}

    record Before(PythonPattern pattern) implements Position {}
  }

  /** How the line to replace is found. */
  sealed interface Search {
    /** By being the wanted line already. */
    record Same() implements Search {}

    record Regex(PythonPattern pattern, boolean backrefs) implements Search {}

    record Text(String bytes) implements Search {}
  }

  /** The lines of a text. */
  static List<String> lines(String bytes) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < bytes.length()) {
      int feed = bytes.indexOf('\n', from);
      int end = feed < 0 ? bytes.length() : feed + 1;
      lines.add(bytes.substring(from, end));
      from = end;
    }
    return lines;
  }

  /** Without the lines that match. */
  static LineEdit absent(List<String> lines, Search search, String line) {
    Predicate<String> unwanted =
        switch (search) {
          case Search.Same() -> each -> bare(each).equals(bare(line));
          case Search.Regex(PythonPattern pattern, boolean ignored) -> pattern::isIn;
          case Search.Text(String text) -> each -> each.contains(text);
        };
    List<String> left = lines.stream().filter(unwanted.negate()).toList();
    int found = lines.size() - left.size();
    return new LineEdit(left, found == 0 ? "" : found + " line(s) removed", found);
  }

  /**
   * With the line in it.
   *
   * @param firstMatch whether the first match of a pattern counts, not the last
   */
  static LineEdit present(
      List<String> lines, Search search, String line, Position position, boolean firstMatch) {
    int at = match(lines, search, firstMatch);
    if (at >= 0) {
      return replaced(lines, at, expanded(lines.get(at), search, line));
    }
    int same = last(lines, each -> bare(each).equals(bare(line)));
    if (same >= 0) {
      return replaced(lines, same, line);
    }
    if (search instanceof Search.Regex(PythonPattern ignored, boolean backrefs) && backrefs) {
      return new LineEdit(lines, "", 0);
    }
    return switch (position) {
      case Position.Beginning() -> inserted(lines, 0, line);
      case Position.End() -> inserted(lines, lines.size(), line);
      case Position.After(PythonPattern pattern) -> {
        int after = find(lines, pattern::isIn, firstMatch);
        yield inserted(lines, after < 0 ? lines.size() : after + 1, line);
      }
      case Position.Before(PythonPattern pattern) -> {
        int before = find(lines, pattern::isIn, firstMatch);
        yield inserted(lines, before < 0 ? lines.size() : before, line);
      }
    };
  }

  private static int match(List<String> lines, Search search, boolean firstMatch) {
    return switch (search) {
      case Search.Same() -> -1;
      case Search.Regex(PythonPattern pattern, boolean ignored) ->
          find(lines, pattern::isIn, firstMatch);
      case Search.Text(String text) -> find(lines, each -> each.contains(text), firstMatch);
    };
  }

  private static String expanded(String old, Search search, String line) {
    if (search instanceof Search.Regex(PythonPattern pattern, boolean backrefs) && backrefs) {
      return pattern.match(old).map(match -> pattern.expand(match, line)).orElse(line);
    }
    return line;
  }

  private static LineEdit replaced(List<String> lines, int at, String line) {
    String wanted = line.endsWith("\n") ? line : line + "\n";
    if (lines.get(at).equals(wanted)) {
      return new LineEdit(lines, "", 0);
    }
    List<String> edited = new ArrayList<>(lines);
    edited.set(at, wanted);
    return new LineEdit(edited, "line replaced", 0);
  }

  private static LineEdit inserted(List<String> lines, int at, String line) {
    List<String> edited = new ArrayList<>(lines);
    if (at == lines.size() && at > 0) {
      String last = edited.get(at - 1);
      if (!last.endsWith("\n") && !last.endsWith("\r")) {
        edited.set(at - 1, last + "\n");
      }
    }
    edited.add(at, line + "\n");
    return new LineEdit(edited, "line added", 0);
  }

  private static int find(List<String> lines, Predicate<String> wanted, boolean first) {
    if (!first) {
      return last(lines, wanted);
    }
    for (int i = 0; i < lines.size(); i++) {
      if (wanted.test(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static int last(List<String> lines, Predicate<String> wanted) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (wanted.test(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String bare(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** The text again. */
  String text() {
    return String.join("", lines);
  }

  boolean changed() {
    return !done.isEmpty();
  }
}
