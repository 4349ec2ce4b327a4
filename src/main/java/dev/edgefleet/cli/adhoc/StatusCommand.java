package dev.edgefleet.cli.adhoc;

import dev.edgefleet.cli.ConnectionOptions;
import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.cli.FleetOptions;
import dev.edgefleet.cli.OutputOptions;
import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.edge.module.IotedgeListAction;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.LastSteps;
import dev.edgefleet.progress.NoProgress;
import dev.edgefleet.run.AdHocPlaybook;
import dev.edgefleet.run.MemoryJournal;
import dev.edgefleet.run.ObservedJournal;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.terminal.FirstLine;
import dev.edgefleet.terminal.Style;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Asks every device for its modules with 'iotedge list' and shows them together.",
      "Changes nothing and leaves no directory under runs/."
    },
    footer = {
      "",
      "Examples:",
      "  edgefleet status -i inventories/plant -b",
      "  edgefleet status -i inventories/plant canary --format json",
      "  edgefleet status -i inventories/plant --format csv > modules.csv",
      "",
      "Exit code 3 when a device's modules cannot be listed, 4 when devices are only unreachable."
    })
public final class StatusCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = "all",
      description = "Which devices (default: ${DEFAULT-VALUE}).")
  private String pattern = "all";

  @ParentCommand private Edgefleet program = new Edgefleet();

  @Mixin private FleetOptions fleet = new FleetOptions();

  @Mixin private VaultOptions vaultOptions = new VaultOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest to wait for one device (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--debug", description = "Print stack traces of internal errors.")
  private boolean debug;

  /** How to print; the names are the words of the command line. */
  enum Format {
    table,
    json,
    csv
  }

  @Override
  public Integer call() {
    FleetOptions.fromOne("--timeout", timeout);
    OutputOptions.applyDebug(debug);
    FirstLine.say(fleet.reading());
    Redactor redactor = program.redactor();
    AdHocPlaybook run =
        new AdHocPlaybook(
            new AdHocPlaybook.Settings(
                fleet.inventories(),
                pattern,
                fleet.limit(),
                fleet.concurrency(),
                new Deadlines(Duration.ofSeconds(timeout), Duration.ofDays(1)),
                vaultOptions.vault(redactor),
                List.of("edgefleet", "status", pattern)),
            new IotedgeListAction(),
            redactor);
    run.devices();
    LoginDefaults login = connection.login(redactor);
    run.check(login, connection);
    // What is shown meanwhile must not end up in the file that the output goes to.
    LastSteps results =
        new LastSteps(
            OutputOptions.live(System.out, new EventLines(Style.automatic(), false))
                .orElseGet(NoProgress::new));
    int exitCode;
    try (ObservedJournal journal = new ObservedJournal(new MemoryJournal(), results)) {
      exitCode = run.run("status", login, connection, journal);
    }
    FleetStatus status = FleetStatus.of(run.devices(), results);
    switch (format) {
      case table -> status.table(System.out, Style.automatic());
      case json -> status.json(System.out);
      case csv -> status.csv(System.out);
    }
    return exitCode;
  }
}
