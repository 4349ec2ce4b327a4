package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.progress.Json;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.DeviceHistory;
import dev.edgefleet.run.recorded.RunHistory;
import dev.edgefleet.run.recorded.RunOverview;
import dev.edgefleet.terminal.Csv;
import dev.edgefleet.terminal.LocalTime;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edgefleet history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "What was done to one device, or by all runs, across every run of a directory.",
    footer = {
      "",
      "Examples:",
      "  What happened to a device in the last week:",
      "    edgefleet history --device press-01 --since 7d",
      "  All runs of November as a spreadsheet:",
      "    edgefleet history --since 2026-11-01 --format csv > runs.csv",
      "",
      "A journal that cannot be read is told on standard error and left out."
    })
final class HistoryCommand implements Callable<Integer> {
  private static final List<Table.Column> PARTS =
      List.of(
          Table.Column.of("WHEN"),
          Table.Column.of("RUN"),
          new Table.Column("PLAYBOOK", 2, path -> path.substring(path.lastIndexOf('/') + 1)),
          Table.Column.of("PLAY", 3),
          Table.Column.of("RESULT"),
          Table.Column.of("WHAT"));

  @Option(
      names = {"-d", "--device"},
      paramLabel = "DEVICE",
      description = "One line for each run and play that this device took part in.")
  private @Nullable String device;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only runs that began since: 2026-11-01, 2026-11-01T08:00, or 12h, 7d, 2w ago.")
  private @Nullable String since;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the directories of runs are (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of("runs");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  /** How to print; the names are the words of the command line. */
  enum Format {
    table,
    json,
    csv
  }

  @Override
  public Integer call() {
    Optional<Instant> from =
        Optional.ofNullable(since)
            .map(text -> Since.of(text, Instant.now(), ZoneId.systemDefault()));
    List<RunDirectory> directories =
        RunDirectory.all(runs).stream()
            // What an id says of its time saves opening the journal.
            .filter(
                directory ->
                    from.isEmpty()
                        || directory.started().map(at -> !at.isBefore(from.get())).orElse(true))
            .toList();
    String name = device;
    if (name == null) {
      runs(
          RunHistory.each(directories, RunOverview::of, System.err).stream()
              .filter(run -> from.isEmpty() || !run.started().isBefore(from.get()))
              .toList());
    } else {
      List<DeviceHistory.Part> all =
          RunHistory.each(directories, directory -> DeviceHistory.of(directory, name), System.err)
              .stream()
              .flatMap(List::stream)
              .filter(part -> from.isEmpty() || !part.at().isBefore(from.get()))
              .toList();
      if (all.isEmpty()) {
        requireKnown(name);
      }
      parts(all);
    }
    return 0;
  }

  /** A name that no run ever had is a slip. */
  private void requireKnown(String name) {
    Set<String> known = new TreeSet<>();
    RunHistory.each(RunDirectory.all(runs), DeviceHistory::devices, System.err)
        .forEach(known::addAll);
    if (!known.isEmpty() && !known.contains(name)) {
      throw new BadInput(
          "no run in " + runs + " had a device '" + name + "'",
          Nearest.to(name, known)
              .map(near -> "did you mean '" + near + "'?")
              .orElse("'edgefleet show RUN' tells which devices a run had"));
    }
  }

  private void runs(List<RunOverview> all) {
    switch (format) {
      case json -> Json.print(Map.of("runs", all), System.out);
      case table -> {
        if (all.isEmpty()) {
          System.out.println("No run in " + runs + since());
        } else {
          RunsCommand.print(all);
        }
      }
      case csv -> {
        Csv.line(
            System.out,
            Stream.of(
                "run",
                "started",
                "playbook",
                "check",
                "operator",
                "state",
                "exit_code",
                "devices",
                "ok",
                "failed",
                "unreachable",
                "stopped",
                "open"));
        all.forEach(
            run ->
                Csv.line(
                    System.out,
                    Stream.of(
                        run.run(),
                        run.started().toString(),
                        run.playbook(),
                        String.valueOf(run.check()),
                        run.operator(),
                        run.state().shown().text(),
                        run.exitCode().map(String::valueOf).orElse(""),
                        String.valueOf(run.devices()),
                        String.valueOf(run.ok()),
                        String.valueOf(run.failed()),
                        String.valueOf(run.unreachable()),
                        String.valueOf(run.stopped()),
                        String.valueOf(run.open()))));
      }
    }
  }

  private void parts(List<DeviceHistory.Part> all) {
    switch (format) {
      case json -> Json.print(Map.of("history", all), System.out);
      case table -> {
        if (all.isEmpty()) {
          System.out.println("No run in " + runs + " had device " + device + since());
          return;
        }
        List<List<String>> rows = new ArrayList<>();
        all.forEach(
            part ->
                rows.add(
                    List.of(
                        LocalTime.minutes(part.at()),
                        part.run(),
                        part.playbook(),
                        part.play(),
                        part.shown(),
                        part.what())));
        Table.print(PARTS, rows, System.out, Style.automatic());
      }
      case csv -> {
        Csv.line(System.out, Stream.of("when", "run", "playbook", "play", "result", "what"));
        all.forEach(
            part ->
                Csv.line(
                    System.out,
                    Stream.of(
                        part.at().toString(),
                        part.run(),
                        part.playbook(),
                        part.play(),
                        part.result(),
                        part.what())));
      }
    }
  }

  private String since() {
    return since == null ? "" : " since " + since;
  }
}
