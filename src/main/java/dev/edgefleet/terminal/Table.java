package dev.edgefleet.terminal;

import java.io.PrintStream;
import java.util.List;

/** Columns as wide as their widest cell, the first row a heading. */
public final class Table {
  private Table() {}

  public static void print(List<List<String>> rows, PrintStream out, Style style) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], TerminalText.line(row.get(c)).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String cell = TerminalText.line(rows.get(r).get(c));
        line.append(cell).append(" ".repeat(widths[c] - cell.length() + 2));
      }
      String text = line.toString().stripTrailing();
      out.println(r == 0 ? style.paint("bold", text) : text);
    }
  }
}
