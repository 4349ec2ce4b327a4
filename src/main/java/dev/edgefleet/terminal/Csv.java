package dev.edgefleet.terminal;

import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of RFC 4180. */
public final class Csv {
  private Csv() {}

  public static void line(PrintStream out, Stream<String> cells) {
    out.print(cells.map(Csv::cell).collect(Collectors.joining(",")) + "\r\n");
  }

  // A spreadsheet runs a cell that begins like a formula: what a device says must not become one.
  private static String cell(String text) {
    String harmless = text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
    return harmless.matches("(?s).*[\",\\r\\n].*")
        ? "\"" + harmless.replace("\"", "\"\"") + "\""
        : harmless;
  }
}
