package dev.edgefleet.report.model;

import java.util.List;

/** One line of a unified diff, without its line end. */
public record DiffLine(Kind kind, String text) {
  /** What a line of a unified diff is. */
  public enum Kind {
    FILE,
    PLACE,
    ADDED,
    REMOVED,
    SAME
  }

  public static List<DiffLine> of(String unified) {
    return unified.lines().map(line -> new DiffLine(kind(line), line)).toList();
  }

  private static Kind kind(String line) {
    if (line.startsWith("+++ ") || line.startsWith("--- ")) {
      return Kind.FILE;
    }
    if (line.startsWith("@@")) {
      return Kind.PLACE;
    }
    if (line.startsWith("+")) {
      return Kind.ADDED;
    }
    return line.startsWith("-") ? Kind.REMOVED : Kind.SAME;
  }
}
