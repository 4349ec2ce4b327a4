package dev.edgefleet.cli;

import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.InventoryFile;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.run.Operator;
import dev.edgefleet.run.RecordKeeping;
import dev.edgefleet.run.Resumption;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.RunSession;
import dev.edgefleet.run.TypedCommandLine;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.terminal.FirstLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code edgefleet run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs a playbook against the devices of an inventory.",
    footer = {
      "",
      "Examples:",
      "  See what would change, and change nothing:",
      "    edgefleet run provision.yml -i inventory.yml --check --diff",
      "  Only the canary group, asking for the sudo password:",
      "    edgefleet run provision.yml -i inventory.yml --limit canary -K",
      "  One value from the command line, the rest from a file:",
      "    edgefleet run provision.yml -i inventory.yml -e hub=h.azure-devices.net -e @site.yml",
      "",
      "Each run leaves a directory under runs/ with its journal, report.html and report.json."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private PlaybookOptions options = new PlaybookOptions();

  @Option(
      names = {"-C", "--check"},
      description = "Change nothing on any device; tell what would change.")
  private boolean check;

  @Option(
      names = {"-D", "--diff"},
      description = "Show changed files as unified diffs, secrets masked.")
  private boolean diff;

  @Option(
      names = "--break-lock",
      description =
          "Take devices over from other runs. Make sure first that those have ended: what they are"
              + " doing on a device goes on to its end.")
  private boolean breakLock;

  @Option(
      names = "--start-at-task",
      paramLabel = "NAME",
      description = "Begin at the task of this name; * stands for any text.")
  private @Nullable String startAt;

  @ArgGroup private @Nullable Listing listing;

  @ParentCommand private Edgefleet program = new Edgefleet();

  @Mixin private VaultOptions vaultOptions = new VaultOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-f", "--forks", "--concurrency"},
      paramLabel = "N",
      defaultValue = "500",
      description = "Most devices at work at one time (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--step-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "Longest for one operation on one device (default: ${DEFAULT-VALUE}).")
  private int stepTimeout;

  @Option(
      names = "--run-timeout",
      paramLabel = "SECONDS",
      defaultValue = "86400",
      description = "Longest for the whole run (default: ${DEFAULT-VALUE}).")
  private int runTimeout;

  @Option(
      names = "--detach-at-gate",
      description =
          "Where the run has to wait (soak, approval), end with exit code 6; 'edgefleet resume' goes"
              + " on.")
  private boolean detach;

  @Option(
      names = "--auto-approve",
      description = "Approve everything that the playbook wants approved; it is recorded as yours.")
  private boolean approve;

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  /** What to print instead of running. */
  static final class Listing {
    @Option(names = "--list-hosts", description = "Print the devices of each play, run nothing.")
    private boolean hosts;

    @Option(names = "--list-tasks", description = "Print the tasks of each play, run nothing.")
    private boolean tasks;

    @Option(names = "--list-tags", description = "Print the tags of each play, run nothing.")
    private boolean tags;
  }

  @Override
  public Integer call() {
    if (listing == null) {
      return session(() -> RunSession.begin(settings(options.limit(), words()), AllActions.make()))
          .run(connection, output, keeping(output), Optional.empty());
    }
    RunSession session =
        session(() -> RunSession.look(settings(options.limit(), words()), AllActions.make()));
    if (listing.hosts) {
      session.listDevices(System.out);
    }
    if (listing.tasks) {
      session.listTasks(System.out);
    }
    if (listing.tags) {
      session.listTags(System.out);
    }
    return 0;
  }

  /** Goes on with a run that was begun with this command line. */
  int resume(RunDirectory directory, Resumption wish, OutputOptions shown, List<String> typed) {
    RecordKeeping keeping = keeping(shown);
    TypedCommandLine words = new TypedCommandLine(typed, wish.words().recorded());
    return RunSession.again(settings(options.limit(), words), AllActions.make(), directory, keeping)
        .resume(directory, wish, connection, shown, keeping);
  }

  /**
   * Begins another run with this command line.
   *
   * @param limit which devices
   * @param retryOf id of the run that was begun with it first
   * @param takeOver whether devices are taken over that another run holds
   */
  int retry(
      HostPattern limit,
      String retryOf,
      OutputOptions shown,
      TypedCommandLine words,
      boolean takeOver) {
    breakLock |= takeOver;
    return session(() -> RunSession.begin(settings(limit, words), AllActions.make()))
        .run(connection, shown, keeping(shown), Optional.of(retryOf));
  }

  /** Names of the devices that a pattern stands for in this command line's inventory. */
  Set<String> devices(HostPattern pattern) {
    return InventoryFile.read(
            options.inventories(),
            Optional.ofNullable(options.playbook().toAbsolutePath().getParent()),
            vaultOptions.vault(program.redactor()))
        .select(pattern)
        .stream()
        .map(Device::name)
        .collect(Collectors.toSet());
  }

  private RecordKeeping keeping(OutputOptions shown) {
    return new RecordKeeping(Keyring.ofUser(), shown.auditLog(), program.journals());
  }

  private RunSession session(Supplier<RunSession> read) {
    try (FirstLine _ = FirstLine.say(options.reading())) {
      return read.get();
    }
  }

  private RunSession.Settings settings(HostPattern limit, TypedCommandLine words) {
    FleetOptions.fromOne("--concurrency", concurrency);
    FleetOptions.fromOne("--step-timeout", stepTimeout);
    FleetOptions.fromOne("--run-timeout", runTimeout);
    Vault vault = vaultOptions.vault(program.redactor());
    return new RunSession.Settings(
        options.playbook(),
        options.inventories(),
        limit,
        options.tags(),
        Optional.ofNullable(startAt),
        options.extraVariables(vault),
        check,
        diff,
        breakLock,
        concurrency,
        new Deadlines(Duration.ofSeconds(stepTimeout), Duration.ofSeconds(runTimeout)),
        new WaitOptions(detach, approve, Operator.name()),
        vault,
        program.redactor(),
        words);
  }

  /** Every action there is: the one place to add one. */
  private TypedCommandLine words() {
    List<String> typed =
        spec == null
            ? List.of()
            : List.copyOf(spec.root().commandLine().getParseResult().originalArgs());
    List<String> recorded = new ArrayList<>(List.of("edgefleet"));
    recorded.addAll(options.masked(typed));
    return new TypedCommandLine(typed, recorded);
  }
}
