package dev.edgefleet.cli;

import dev.edgefleet.action.file.PruneBackupsAction;
import dev.edgefleet.cli.inventory.InventoryOptions;
import dev.edgefleet.cli.vault.VaultOptions;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.LastSteps;
import dev.edgefleet.progress.NoProgress;
import dev.edgefleet.run.AdHocPlaybook;
import dev.edgefleet.run.MemoryJournal;
import dev.edgefleet.run.ObservedJournal;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.OldRuns;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.terminal.FirstLine;
import dev.edgefleet.terminal.Style;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet prune}. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes the directories of old runs, or with --backups the old backups that runs left on devices.",
      "A backup that holds a private key is overwritten before it goes. On flash, and on file systems"
          + " that copy or journal what they write, that is no promise that nothing of it is left."
    },
    footer = {
      "",
      "Examples:",
      "  edgefleet prune --older-than 90d --dry-run",
      "  edgefleet prune --backups -i inventories/plant -b --keep 2 canary"
    })
final class PruneCommand implements Callable<Integer> {
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d?");
  private static final Duration FOR_ONE_DEVICE = Duration.ofMinutes(10);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = "all",
      description = "With --backups: which devices (default: ${DEFAULT-VALUE}).")
  private String pattern = "all";

  @ParentCommand private Edgefleet program = new Edgefleet();

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      defaultValue = "90d",
      description = "What is younger stays (default: ${DEFAULT-VALUE}).")
  private String olderThan = "90d";

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many of the newest runs, or of each file's backups, stay however old they are"
              + " (default: ${DEFAULT-VALUE}).")
  private int keep;

  @Option(names = "--dry-run", description = "Only tell what would go.")
  private boolean dryRun;

  @Option(
      names = "--unfinished",
      description = "Remove old runs too that never ended and could be resumed.")
  private boolean unfinished;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the directories of runs are (default: ${DEFAULT-VALUE}).")
  private Path runs = Path.of("runs");

  @Option(names = "--backups", description = "Look at backups on devices, not at runs.")
  private boolean backups;

  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "INVENTORY",
      description = InventoryOptions.DESCRIPTION)
  private List<Path> inventories = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      defaultValue = "all",
      description = "With --backups. " + FleetOptions.LIMIT)
  private String limit = "all";

  @Option(
      names = {"-f", "--concurrency", "--forks"},
      paramLabel = "N",
      defaultValue = "500",
      description = "Most devices at work at one time (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Mixin private VaultOptions vaultOptions = new VaultOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--debug", description = "Print stack traces of internal errors.")
  private boolean debug;

  @Override
  public Integer call() {
    FleetOptions.fromOne("--concurrency", concurrency);
    OutputOptions.applyDebug(debug);
    if (keep < 0) {
      throw new BadInput("--keep is " + keep, "give a number from 0");
    }
    Matcher days = DAYS.matcher(olderThan);
    if (!days.matches()) {
      throw new BadInput(
          "--older-than is '" + olderThan + "'", "give a number of days, such as 90d");
    }
    Duration age = Duration.ofDays(Long.parseLong(days.group(1)));
    return backups ? onDevices(age) : here(age);
  }

  private int here(Duration age) {
    if (!inventories.isEmpty()) {
      throw new BadInput(
          "-i is given, and runs are on this machine", "add --backups for backups on devices");
    }
    if (!limit.equals("all")) {
      throw new BadInput(
          "--limit is given, and says which devices; runs are on this machine",
          "add --backups for backups on devices; how many runs stay says --keep");
    }
    OldRuns.Found found = new OldRuns(Instant.now().minus(age), keep, unfinished).in(runs);
    found.old().forEach(run -> remove(run, ""));
    found.leftovers().forEach(run -> remove(run, ", which never began"));
    found.unfinished().forEach(run -> System.out.println("stays, it never ended: " + run.path()));
    found.others().forEach(run -> System.out.println("stays, it is another user's: " + run.path()));
    found
        .unreadable()
        .forEach(run -> System.out.println("stays, its journal cannot be read: " + run.path()));
    System.out.println(
        (dryRun ? "would remove " : "removed ")
            + EventLines.plural(found.old().size() + found.leftovers().size(), "run"));
    return 0;
  }

  private void remove(RunDirectory run, String why) {
    if (!dryRun) {
      OldRuns.remove(run);
    }
    System.out.println((dryRun ? "would remove " : "removed ") + run.path() + why);
  }

  private int onDevices(Duration age) {
    FirstLine.say(FleetOptions.reading(InventoryOptions.atLeastOne(inventories)));
    Redactor redactor = program.redactor();
    AdHocPlaybook run =
        new AdHocPlaybook(
            new AdHocPlaybook.Settings(
                InventoryOptions.atLeastOne(inventories),
                pattern,
                HostPattern.limit(limit),
                concurrency,
                new Deadlines(FOR_ONE_DEVICE, Duration.ofDays(1)),
                vaultOptions.vault(redactor),
                List.of("edgefleet", "prune", "--backups", pattern)),
            new PruneBackupsAction(age, keep, dryRun),
            redactor);
    List<Device> devices = run.devices();
    LoginDefaults login = connection.login(redactor);
    run.check(login, connection);
    LastSteps results =
        new LastSteps(
            OutputOptions.live(System.out, new EventLines(Style.automatic(), false))
                .orElseGet(NoProgress::new));
    int exitCode;
    try (ObservedJournal journal = new ObservedJournal(new MemoryJournal(), results)) {
      exitCode = run.run("prune", login, connection, journal);
    }
    for (Device device : devices) {
      String said = results.of(device.name()).map(step -> step.message()).orElse("not looked at");
      System.out.println(device.name() + ": " + said);
    }
    return exitCode;
  }
}
