package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.report.model.FailureGroup;
import dev.edgefleet.report.model.ModuleTable;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import dev.edgefleet.terminal.TerminalText;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is printed at a run's end: modules, failures by cause, totals, where the report is. */
public final class Summary {
  private static final int MOST_ROWS = 60;
  private static final int MOST_NAMES = 8;
  private static final int MOST_LINES = 10;

  private final PrintStream out;
  private final Style style;

  public Summary(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  public void print(RunReport report, Path directory) {
    printWithoutHead(report, directory);
    out.println("Head: " + JournalReader.head(directory));
  }

  /** Of a record that is not what was written: it has nothing to be checked against later. */
  public void printWithoutHead(RunReport report, Path directory) {
    if (!report.modules().devices().isEmpty()) {
      out.println();
      modules(report.modules());
    }
    if (!report.failures().isEmpty()) {
      out.println();
      report.failures().forEach(this::failure);
    }
    out.println();
    if (report.run().check()) {
      out.println("Check run: nothing was changed; 'changed' is what a real run would change.");
    }
    out.println(totals(report));
    // Who looks while the run ends may be sooner than the report; one that was cut off has none.
    Path html = directory.resolve("report.html");
    if (report.run().ended().isPresent() || Files.exists(html)) {
      out.println("Report: " + html);
    }
  }

  private void modules(ModuleTable table) {
    List<List<String>> rows = new ArrayList<>();
    if (table.devices().stream().mapToInt(row -> Math.max(1, row.modules().size())).sum()
        <= MOST_ROWS) {
      rows.add(List.of("DEVICE", "MODULE", "STATUS", "DESCRIPTION", "IMAGE"));
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
    } else {
      rows.add(List.of("MODULE", "RUNNING", "LISTED", "IMAGE"));
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
    }
    Table.print(rows, out, style);
  }

  private void failure(FailureGroup group) {
    List<FailureGroup.Case> devices = group.devices();
    String names =
        devices.stream()
            .limit(MOST_NAMES)
            .map(FailureGroup.Case::device)
            .collect(Collectors.joining(", "));
    String more =
        devices.size() > MOST_NAMES ? " and " + (devices.size() - MOST_NAMES) + " more" : "";
    String cause = devices.size() == 1 ? devices.getFirst().message() : group.cause();
    out.println(
        style.paint("bold,red", EventLines.plural(devices.size(), "device"))
            + " "
            + group.result().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
            + ": "
            + TerminalText.line(cause));
    if (!group.remedy().isEmpty()) {
      out.println("  " + style.paint("bold", "-> ") + TerminalText.line(group.remedy()));
    }
    List<String> output = group.output().lines().toList();
    output.stream()
        .skip(Math.max(0, output.size() - MOST_LINES))
        .forEach(line -> out.println("  | " + TerminalText.line(line)));
    out.println("  " + TerminalText.line(names) + more);
  }

  private static String totals(RunReport report) {
    return EventLines.plural(report.totals().devices(), "device")
        + ": "
        + report.totals().byResult().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(Summary::words)
            .collect(Collectors.joining(", "));
  }

  private static String words(Map.Entry<? extends Enum<?>, Integer> entry) {
    return entry.getValue()
        + " "
        + entry.getKey().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
