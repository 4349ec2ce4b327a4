package dev.edgefleet.cli;

import java.io.PrintStream;
import java.util.List;

/** Columns as wide as their widest cell, the first row a heading. */
final class Table {
  private Table() {}

  static void print(List<List<String>> rows, PrintStream out, Style style) {
    int columns = rows.getFirst().size();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = rows.get(r).get(c);
        int column = c;
        int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        line.append(cell).append(" ".repeat(width - cell.length() + 2));
      }
      String text = line.toString().stripTrailing();
      out.println(r == 0 ? style.paint("bold", text) : text);
    }
  }
}
