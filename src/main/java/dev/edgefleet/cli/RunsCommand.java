package dev.edgefleet.cli;

import dev.edgefleet.progress.Json;
import dev.edgefleet.run.ClosedRuns;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.RunHistory;
import dev.edgefleet.run.recorded.RunOverview;
import dev.edgefleet.terminal.LocalTime;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edgefleet runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists runs, the newest last: when, what, who, and how they stand.",
      "",
      "Runs that are waiting, interrupted or cut off have no process: they go on with 'edgefleet resume"
          + " RUN'. docs/events.md has all words for states."
    },
    footer = {
      "",
      "Examples:",
      "  edgefleet runs",
      "  edgefleet runs --limit 100 --json",
      "  edgefleet show last"
    })
final class RunsCommand implements Callable<Integer> {
  private static final List<Table.Column> COLUMNS =
      List.of(
          Table.Column.of("RUN"),
          Table.Column.of("STARTED", 3),
          new Table.Column("PLAYBOOK", 1, RunsCommand::fileName),
          Table.Column.of("DEVICES", 2),
          Table.Column.of("STATE"),
          Table.Column.of("RESULTS"),
          Table.Column.of("OPERATOR", 4));

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "Only so many, the newest (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the directories of runs are (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of("runs");

  @Option(names = "--json", description = "Print a JSON document, for machines.")
  private boolean json;

  @Override
  public Integer call() {
    FleetOptions.fromOne("--limit", limit);
    List<RunDirectory> all = RunDirectory.all(runs);
    List<RunOverview> shown =
        RunHistory.each(
            all.subList(Math.max(0, all.size() - limit), all.size()), RunOverview::of, System.err);
    if (json) {
      Json.print(Map.of("runs", shown), System.out);
      return 0;
    }
    String closed = ClosedRuns.in(runs).sentence();
    if (shown.isEmpty()) {
      System.out.println(closed.isEmpty() ? "There is no run in " + runs + "." : closed);
      return 0;
    }
    print(shown);
    if (all.size() > limit) {
      System.out.println((all.size() - limit) + " older ones: --limit " + all.size());
    }
    if (!closed.isEmpty()) {
      System.out.println(closed);
    }
    return 0;
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** One line a run, also for {@code history}. */
  static void print(List<RunOverview> runs) {
    List<List<String>> rows = new ArrayList<>();
    for (RunOverview run : runs) {
      rows.add(
          List.of(
              run.run(),
              LocalTime.minutes(run.started()),
              run.playbook() + (run.check() ? " (check)" : ""),
              String.valueOf(run.devices()),
              run.stateWords(),
              run.resultWords(),
              run.operator()));
    }
    Table.print(COLUMNS, rows, System.out, Style.automatic());
  }
}
