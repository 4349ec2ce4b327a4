package dev.edgefleet.run;

import dev.edgefleet.action.Actions;
import dev.edgefleet.connect.DeviceLock;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.TagFilter;
import dev.edgefleet.engine.check.PlaybookCheck;
import dev.edgefleet.engine.step.Deadlines;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.inventory.InventoryFile;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.read.Items;
import dev.edgefleet.playbook.read.PlaybookFile;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.progress.Summary;
import dev.edgefleet.report.ReportJson;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.run.recorded.RunJournal;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run from its files to its report. Reading comes first: nothing runs on bad input. */
public final class RunSession {
  private static final int FIRST_PROCESS = 1;

  private final Settings wanted;
  private final Actions actions;
  private final Playbook playbook;
  private final Inventory inventory;
  private final List<String> warnings;
  private final Set<String> before;
  private final List<Problem> fileWarnings;
  private final PromptAnswers answers;

  /** What the command line asks for; {@code words} is itself. */
  public record Settings(
      Path playbook,
      List<Path> inventories,
      HostPattern limit,
      TagFilter tags,
      Optional<String> startAt,
      Map<String, @Nullable Object> extraVariables,
      boolean check,
      boolean diff,
      boolean breakLock,
      int concurrency,
      Deadlines deadlines,
      WaitOptions gates,
      Vault vault,
      Redactor redactor,
      TypedCommandLine words) {
    /** Files that {@code -e @file} names. */
    List<Path> variableFiles() {
      return ExtraVariables.files(words.typed());
    }

    Optional<Path> playbookDirectory() {
      return Optional.ofNullable(playbook.toAbsolutePath().getParent());
    }
  }

  /** One that is about to run: what the playbook wants to know is asked for. */
  public static RunSession begin(Settings wanted, Actions actions) {
    return new RunSession(
        wanted,
        actions,
        plays -> PromptAnswers.ask(plays, wanted.extraVariables()),
        DevicesDone.NONE);
  }

  /** One that is only looked at: nobody is asked for anything. */
  public static RunSession look(Settings wanted, Actions actions) {
    return new RunSession(wanted, actions, plays -> PromptAnswers.NONE, DevicesDone.NONE);
  }

  /** One that goes on with what was answered when it began. */
  public static RunSession again(
      Settings wanted, Actions actions, RunDirectory directory, RecordKeeping keeping) {
    return new RunSession(
        wanted,
        actions,
        plays -> AnswersFile.read(directory.path(), keeping.keys().store()),
        DevicesDone.of(directory));
  }

  private RunSession(
      Settings wanted,
      Actions actions,
      Function<List<Play>, PromptAnswers> asked,
      DevicesDone done) {
    this.wanted = wanted;
    this.actions = actions;
    List<Problem> problems = new ArrayList<>();
    Playbook read =
        PlaybookFile.read(wanted.playbook(), actions.schemas(), wanted.vault(), problems)
            .orElse(null);
    Inventory devices =
        collect(
            () ->
                InventoryFile.read(
                    wanted.inventories(), wanted.playbookDirectory(), wanted.vault()),
            problems);
    if (read == null || devices == null) {
      throw new BadInput(problems);
    }
    this.inventory = devices;
    this.answers = problems.isEmpty() ? asked.apply(read.plays()) : PromptAnswers.NONE;
    answers.mask(read.plays(), wanted.redactor());
    List<Problem> hosts = new ArrayList<>();
    this.playbook =
        new Playbook(
            read.file(),
            read.plays().stream()
                .map(answers::in)
                .map(play -> new PlayHosts(wanted.extraVariables(), devices).known(play, hosts))
                .toList(),
            read.files());
    this.before =
        problems.isEmpty()
            ? wanted.startAt().map(name -> StartAt.before(read, name)).orElse(Set.of())
            : Set.of();
    PlaybookCheck.Findings findings =
        PlaybookCheck.of(
            request("-", LoginDefaults.NONE),
            actions,
            Templates.withoutPrograms(),
            wanted.vault(),
            done::has,
            problems);
    this.fileWarnings = findings.warnings();
    problems = new ArrayList<>(findings.problems());
    FleetConnections connections = connections(LoginDefaults.NONE);
    problems.addAll(connections.problems(Optional.empty()));
    problems.addAll(hosts);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    this.warnings = connections.warning().stream().toList();
  }

  /**
   * Looks once more at how devices are reached, now that it is known as whom.
   *
   * @return what the inventory and ssh_config say that is not done
   * @throws BadInput when that cannot be
   */
  List<String> check(LoginDefaults login, ConnectionSettings connection) {
    List<String> all = new ArrayList<>(warnings);
    connections(login)
        .requireGood(login, connection.ssh(wanted.redactor()).config())
        .ifPresent(all::add);
    return all;
  }

  private FleetConnections connections(LoginDefaults login) {
    return FleetConnections.of(request("-", login), wanted.redactor());
  }

  /** Says what was looked at; that nothing is wrong with it is known once there is a session. */
  public void validated(PrintStream out) {
    Messages errors = new Messages(System.err, Style.automatic());
    errors.warnings(fileWarnings);
    Set<String> devices = new LinkedHashSet<>();
    request("-", LoginDefaults.NONE)
        .devicesByPlay()
        .forEach(play -> play.forEach(device -> devices.add(device.name())));
    warnings.forEach(errors::warning);
    int plays = playbook.plays().size();
    int tasks = (int) playbook.plays().stream().flatMap(Play::everyTask).count();
    out.println(
        "ok: "
            + EventLines.plural(plays, "play")
            + ", "
            + EventLines.plural(tasks, "task")
            + ", "
            + EventLines.plural(devices.size(), "device")
            + "; no mistake found, no device was touched");
  }

  public void listDevices(PrintStream out) {
    List<List<Device>> devices = request("-", LoginDefaults.NONE).devicesByPlay();
    for (int i = 0; i < devices.size(); i++) {
      out.println(TaskList.title(playbook.plays().get(i)) + " (" + devices.get(i).size() + "):");
      devices.get(i).forEach(device -> out.println("  " + TerminalText.line(device.name())));
    }
  }

  public void listTasks(PrintStream out) {
    new TaskList(request("-", LoginDefaults.NONE)).print(out);
  }

  public void listTags(PrintStream out) {
    for (Play play : playbook.plays()) {
      Set<String> tags = new TreeSet<>();
      Items.tasks(play).forEach(task -> tags.addAll(task.tags()));
      out.println(
          TaskList.title(play)
              + ": "
              + (tags.isEmpty() ? "-" : TerminalText.line(String.join(", ", tags))));
    }
  }

  /**
   * Runs it from its beginning.
   *
   * @param retryOf id of the run whose failed devices this one tries again
   * @return exit code
   */
  public int run(
      ConnectionSettings connection,
      OutputSettings output,
      RecordKeeping keeping,
      Optional<String> retryOf) {
    return new RunProcess(this, connection, output, keeping).begin(retryOf);
  }

  /**
   * Goes on with a run that an earlier process began with the same command line.
   *
   * @return exit code
   */
  public int resume(
      RunDirectory directory,
      Resumption wish,
      ConnectionSettings connection,
      OutputSettings output,
      RecordKeeping keeping) {
    return new RunProcess(this, connection, output, keeping).resume(directory, wish);
  }

  /** What files that the run will send should be looked at for, though they will work. */
  List<Problem> fileWarnings() {
    return fileWarnings;
  }

  Settings wanted() {
    return wanted;
  }

  Actions actions() {
    return actions;
  }

  PromptAnswers answers() {
    return answers;
  }

  Playbook playbook() {
    return playbook;
  }

  Inventory inventory() {
    return inventory;
  }

  /** What the first process of a run is asked to do. */
  RunRequest request(String run, LoginDefaults login) {
    return request(run, login, FIRST_PROCESS, wanted.gates(), wanted.breakLock());
  }

  /**
   * @param run id
   * @param process which process of the run it is, from 1
   * @param breakLock whether devices are taken over that another run holds
   */
  RunRequest request(
      String run, LoginDefaults login, int process, WaitOptions gates, boolean breakLock) {
    return new RunRequest(
        run,
        FollowUpCommand.runs(wanted.words().recorded()),
        playbook,
        inventory,
        wanted.inventories(),
        wanted.limit(),
        wanted.tags(),
        before,
        wanted.extraVariables(),
        wanted.check(),
        wanted.diff(),
        wanted.concurrency(),
        wanted.deadlines(),
        login,
        gates,
        wanted.check()
            ? Optional.empty()
            : Optional.of(new DeviceLock(process, Operator.name(), breakLock)));
  }

  /**
   * The report of what was done, in the run's directory and as a summary; whether it is written.
   */
  public static boolean report(RunDirectory directory, OutputSettings output) {
    RunReport report = RunJournal.report(directory);
    boolean written = written(report, directory);
    if (!output.json()) {
      Summary summary = new Summary(System.out, Style.automatic());
      summary.print(report, directory.path());
      if (output.verbose()) {
        summary.head(directory.path());
      }
    }
    return written;
  }

  // A report that cannot be written must not hide how the run came out.
  public static boolean written(RunReport report, RunDirectory directory) {
    try {
      ReportJson.write(report, directory.json());
      ReportHtml.write(report, directory.html());
      return true;
    } catch (IOException e) {
      new Messages(System.err, Style.automatic())
          .error(
              "the run is over, but its report cannot be written: " + e.getMessage(),
              "its journal is whole: " + directory.path());
      return false;
    }
  }

  private static <T> @Nullable T collect(Supplier<T> read, List<Problem> problems) {
    try {
      return read.get();
    } catch (BadInput e) {
      problems.addAll(e.problems());
      return null;
    }
  }
}
