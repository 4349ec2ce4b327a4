package dev.edgefleet.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns as wide as their widest cell under a heading. Where the terminal is too narrow, cells are
 * shortened and columns left out, the least important first: nothing wraps while that helps.
 */
public final class Table {
  private static final int GAP = 2;

  private final List<Column> columns;
  private final List<List<String>> rows;

  /**
   * @param rank how soon it is shortened and left out; 0 is never
   * @param shorter a cell's text where there is little room
   */
  public record Column(String heading, int rank, UnaryOperator<String> shorter) {
    /** One that always stays. */
    public static Column of(String heading) {
      return new Column(heading, 0, UnaryOperator.identity());
    }

    /**
     * One that may go.
     *
     * @param rank the higher, the sooner
     */
    public static Column of(String heading, int rank) {
      return new Column(heading, rank, UnaryOperator.identity());
    }
  }

  private Table(List<Column> columns, List<List<String>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** All columns, whatever the terminal; the first row is the heading. */
  public static void print(List<List<String>> rows, PrintStream out, Style style) {
    print(
        rows.getFirst().stream().map(Column::of).toList(),
        rows.subList(1, rows.size()),
        out,
        style,
        Integer.MAX_VALUE);
  }

  /** As the terminal has room. */
  public static void print(
      List<Column> columns, List<List<String>> rows, PrintStream out, Style style) {
    print(columns, rows, out, style, SystemTerminal.columns());
  }

  /**
   * @param width of the terminal, in columns
   */
  public static void print(
      List<Column> columns, List<List<String>> rows, PrintStream out, Style style, int width) {
    Table table = new Table(columns, clean(rows)).fitted(width);
    table
        .lines()
        .forEach(line -> out.println(line.heading ? style.paint("bold", line.text) : line.text));
    String gone =
        columns.stream()
            .filter(column -> !table.has(column))
            .map(Column::heading)
            .collect(Collectors.joining(", "));
    if (!gone.isEmpty()) {
      out.println(style.paint("faint", "(no room for " + gone + ")"));
    }
  }

  private record Line(String text, boolean heading) {}

  private static List<List<String>> clean(List<List<String>> rows) {
    return rows.stream().map(row -> row.stream().map(TerminalText::line).toList()).toList();
  }

  private boolean has(Column column) {
    return columns.stream().anyMatch(left -> left.heading.equals(column.heading));
  }

  private Table fitted(int width) {
    Table table = this;
    while (table.width() > width) {
      Optional<Table> narrower = table.narrower();
      if (narrower.isEmpty()) {
        break;
      }
      table = narrower.get();
    }
    return table;
  }

  /** The least important column shortened, or left out when it is as short as can be. */
  private Optional<Table> narrower() {
    return IntStream.range(0, columns.size())
        .filter(c -> columns.get(c).rank > 0)
        .boxed()
        .max(Comparator.comparingInt(c -> columns.get(c).rank))
        .map(
            c -> {
              Table shortened = shortened(c);
              return shortened.width() < width() ? shortened : without(c);
            });
  }

  private Table shortened(int column) {
    UnaryOperator<String> shorter = columns.get(column).shorter;
    return new Table(
        columns,
        rows.stream()
            .map(
                row -> {
                  List<String> cells = new ArrayList<>(row);
                  cells.set(column, shorter.apply(cells.get(column)));
                  return cells;
                })
            .map(List::copyOf)
            .toList());
  }

  private Table without(int column) {
    List<Column> fewer = new ArrayList<>(columns);
    fewer.remove(column);
    return new Table(
        fewer,
        rows.stream()
            .map(
                row -> {
                  List<String> cells = new ArrayList<>(row);
                  cells.remove(column);
                  return cells;
                })
            .map(List::copyOf)
            .toList());
  }

  private int width() {
    return IntStream.range(0, columns.size()).map(this::width).sum() + GAP * (columns.size() - 1);
  }

  private int width(int column) {
    return Math.max(
        columns.get(column).heading.length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private List<Line> lines() {
    int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(line(columns.stream().map(Column::heading).toList(), widths), true));
    rows.forEach(row -> lines.add(new Line(line(row, widths), false)));
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      line.append(cells.get(c)).append(" ".repeat(widths[c] - cells.get(c).length() + GAP));
    }
    return line.toString().stripTrailing();
  }
}
