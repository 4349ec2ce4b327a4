package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.report.model.FailureGroup;
import dev.edgefleet.report.model.ModuleTable;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.WarningGroup;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.SystemTerminal;
import dev.edgefleet.terminal.Table;
import dev.edgefleet.terminal.TerminalText;
import dev.edgefleet.terminal.WordWrap;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is printed at a run's end: modules, failures by cause, warnings, totals, the report. */
public final class Summary {
  private static final int INDENT = 4;
  private static final int MOST_ROWS = 60;
  private static final int MOST_NAMES = 8;
  private static final int MOST_LINES = 10;

  private final PrintStream out;
  private final Style style;
  private final int width;

  /** As wide as the terminal. */
  public Summary(PrintStream out, Style style) {
    this(out, style, SystemTerminal.columns());
  }

  /**
   * @param width in columns
   */
  Summary(PrintStream out, Style style, int width) {
    this.out = out;
    this.style = style;
    this.width = width;
  }

  public void print(RunReport report, Path directory) {
    if (!report.modules().devices().isEmpty()) {
      out.println();
      modules(report.modules());
    }
    if (!report.failures().isEmpty()) {
      out.println();
      report.failures().forEach(group -> failure(group, "bold,red", directory));
    }
    if (!report.tolerated().isEmpty()) {
      out.println();
      report.tolerated().forEach(group -> failure(group, "magenta", directory));
    }
    if (!report.warnings().isEmpty()) {
      out.println();
      report.warnings().forEach(this::warning);
    }
    out.println();
    if (report.run().check()) {
      out.println("Check run: no device was changed.");
    }
    line(totals(report));
    // Who looks while the run ends may be sooner than the report; one that was cut off has none.
    Path html = directory.resolve("report.html");
    if (report.run().ended().isPresent() || Files.exists(html)) {
      out.println("Report: " + html);
    }
  }

  /**
   * The hash of the record's last entry, by which it can be checked later; docs/audit.md tells how.
   */
  public void head(Path directory) {
    out.println("Head: " + JournalReader.head(directory));
  }

  private void modules(ModuleTable table) {
    List<List<String>> rows = new ArrayList<>();
    if (table.devices().stream().mapToInt(row -> Math.max(1, row.modules().size())).sum()
        <= MOST_ROWS) {
      for (ModuleTable.Row row : table.devices()) {
        row.modules()
            .forEach(
                (name, module) ->
                    rows.add(
                        List.of(
                            row.device(),
                            name,
                            module.status(),
                            module.description(),
                            module.image())));
        if (row.modules().isEmpty()) {
          rows.add(List.of(row.device(), "(none)", "", "", ""));
        }
      }
      Table.print(ModuleLayout.OF_DEVICES, rows, out, style, width);
    } else {
      table
          .modules()
          .forEach(
              column ->
                  rows.add(
                      List.of(
                          column.name(),
                          String.valueOf(column.running()),
                          String.valueOf(column.present()),
                          column.image().orElse("several"))));
      Table.print(ModuleLayout.OF_FLEETS, rows, out, style, width);
    }
  }

  private void failure(FailureGroup group, String colour, Path directory) {
    List<FailureGroup.Case> devices = group.devices();
    String cause = devices.size() == 1 ? devices.getFirst().message() : group.cause();
    line(
        style.paint(
                colour,
                EventLines.plural((int) names(group).stream().distinct().count(), "device")
                    + " "
                    + group.result().shown().text())
            + ": "
            + (group.result().isTolerated()
                ? TerminalText.line(devices.getFirst().task()) + ": "
                : "")
            + TerminalText.line(cause));
    if (!group.remedy().isEmpty()) {
      line("  " + style.paint("bold", "-> ") + TerminalText.line(group.remedy()));
    }
    for (FailureGroup.Output output : group.outputs()) {
      if (devices.size() > 1) {
        line("  " + listed(output.devices()) + " printed:");
      }
      output(output.text());
    }
    int told = group.outputs().stream().mapToInt(output -> output.devices().size()).sum();
    if (told > 0 && told < devices.size()) {
      line("  of the others: " + FollowUpCommand.command("show", directory) + " --device NAME");
    }
    line("  " + listed(names(group).stream().distinct().toList()));
  }

  private void line(String text) {
    WordWrap.of(text, width, INDENT).forEach(out::println);
  }

  private static List<String> names(FailureGroup group) {
    return group.devices().stream().map(FailureGroup.Case::device).toList();
  }

  private void output(String text) {
    List<String> lines = text.lines().toList();
    lines.stream()
        .skip(Math.max(0, lines.size() - MOST_LINES))
        .forEach(printed -> out.println("  | " + TerminalText.line(printed)));
  }

  private void warning(WarningGroup group) {
    String word = style.paint("bold,yellow", "warning: ");
    String message = TerminalText.line(group.message());
    switch (group.devices().size()) {
      case 0 -> line(word + message);
      case 1 -> line(word + listed(group.devices()) + ": " + message);
      default -> {
        line(word + EventLines.plural(group.devices().size(), "device") + ": " + message);
        line("  " + listed(group.devices()));
      }
    }
  }

  private static String listed(List<String> names) {
    String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
    return TerminalText.line(
            String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES))))
        + more;
  }

  private static String totals(RunReport report) {
    boolean check = report.run().check();
    return EventLines.plural(report.totals().devices(), "device")
        + ": "
        + report.totals().byResult().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey().shown(check).text())
            .collect(Collectors.joining(", "));
  }
}
