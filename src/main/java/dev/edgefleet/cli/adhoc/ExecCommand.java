package dev.edgefleet.cli.adhoc;

import dev.edgefleet.cli.ConnectionOptions;
import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.cli.FleetOptions;
import dev.edgefleet.cli.OutputOptions;
import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.progress.LastSteps;
import dev.edgefleet.progress.NoProgress;
import dev.edgefleet.progress.Progress;
import dev.edgefleet.run.AdHocPlaybook;
import dev.edgefleet.run.ExecAction;
import dev.edgefleet.run.ObservedJournal;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.RunSession;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.terminal.FirstLine;
import dev.edgefleet.terminal.Interactive;
import dev.edgefleet.terminal.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet exec}. */
@Command(
    name = "exec",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "edgefleet exec -i INVENTORY [OPTIONS] PATTERN -- COMMAND [ARGUMENT...]",
    description = {
      "Runs one command on the devices of a pattern and prints what it printed, once for all devices"
          + " that printed the same.",
      "The words after -- are the program and its arguments. One word with a space in it is a line"
          + " for /bin/sh."
    },
    footer = {
      "",
      "Examples:",
      "  edgefleet exec -i inventories/plant all -- uname -r",
      "  edgefleet exec -i inventories/plant canary -b -- iotedge logs edgeHub --tail 20",
      "  edgefleet exec -i inventories/plant 'plant_a:!canary' -- 'df -h / | tail -1'",
      "",
      "The run is recorded under runs/, as that of a playbook is."
    })
public final class ExecCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PATTERN", description = "Which devices.")
  private String pattern = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command, after --.")
  private List<String> command = new ArrayList<>();

  @ParentCommand private Edgefleet program = new Edgefleet();

  @Mixin private FleetOptions fleet = new FleetOptions();

  @Mixin private VaultOptions vaultOptions = new VaultOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "Longest for the command on one device (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    FleetOptions.fromOne("--timeout", timeout);
    output.applyDebug();
    FirstLine.say(fleet.reading());
    Redactor redactor = program.redactor();
    List<String> recorded = new ArrayList<>(List.of("edgefleet", "exec"));
    recorded.addAll(fleet.limitWords());
    recorded.addAll(List.of(pattern, "--"));
    recorded.addAll(command);
    AdHocPlaybook run =
        new AdHocPlaybook(
            new AdHocPlaybook.Settings(
                fleet.inventories(),
                pattern,
                fleet.limit(),
                fleet.concurrency(),
                new Deadlines(Duration.ofSeconds(timeout), Duration.ofDays(1)),
                vaultOptions.vault(redactor),
                recorded),
            new ExecAction(command),
            redactor);
    run.devices();
    LoginDefaults login = connection.login(redactor);
    run.check(login, connection);
    RunDirectory directory = RunDirectory.create(output.runs());
    LastSteps results = new LastSteps(progress());
    int exitCode;
    try (ObservedJournal journal =
        new ObservedJournal(SqliteJournal.create(directory.path(), Keyring.ofUser()), results)) {
      exitCode = run.run(directory.id(), login, connection, journal);
    }
    if (!output.json()) {
      ExecOutput.of(run.devices(), results).print(System.out, Style.automatic());
    }
    return RunSession.report(directory, output) || exitCode != 0
        ? exitCode
        : ExitCode.INTERNAL_ERROR.number();
  }

  // Off a terminal there is only what the command printed: for pipes and files.
  private Progress progress() {
    return output.json() || Interactive.console().isPresent()
        ? output.progress(System.out)
        : new NoProgress();
  }
}
