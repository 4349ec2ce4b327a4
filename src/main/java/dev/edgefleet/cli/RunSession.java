package dev.edgefleet.cli;

import dev.edgefleet.action.Actions;
import dev.edgefleet.engine.Deadlines;
import dev.edgefleet.engine.DeviceLock;
import dev.edgefleet.engine.Gates;
import dev.edgefleet.engine.Login;
import dev.edgefleet.engine.PlaybookCheck;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.TagFilter;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.inventory.InventoryFile;
import dev.edgefleet.playbook.Items;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.PlaybookFile;
import dev.edgefleet.report.ReportHtml;
import dev.edgefleet.report.ReportJson;
import dev.edgefleet.report.RunReport;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.template.Templates;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run from its files to its report. Reading comes first: nothing runs on bad input. */
final class RunSession {
  private static final int FIRST_PROCESS = 1;

  private final Wanted wanted;
  private final Actions actions;
  private final Playbook playbook;
  private final Inventory inventory;
  private final Set<String> before;

  /** What the command line asks for; {@code words} is itself. */
  record Wanted(
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
      Gates gates,
      Vault vault,
      Redactor redactor,
      CommandLineWords words) {
    /** Files that {@code -e @file} names. */
    List<Path> variableFiles() {
      return ExtraVariables.files(words.typed());
    }

    Optional<Path> playbookFolder() {
      return Optional.ofNullable(playbook.toAbsolutePath().getParent());
    }
  }

  RunSession(Wanted wanted, Actions actions) {
    this.wanted = wanted;
    this.actions = actions;
    List<Problem> problems = new ArrayList<>();
    Playbook read =
        PlaybookFile.read(wanted.playbook(), actions.schemas(), wanted.vault(), problems)
            .orElse(null);
    Inventory devices =
        collect(
            () -> InventoryFile.read(wanted.inventories(), wanted.playbookFolder(), wanted.vault()),
            problems);
    if (read == null || devices == null) {
      throw new BadInput(problems);
    }
    this.playbook = read;
    this.inventory = devices;
    this.before =
        problems.isEmpty()
            ? wanted.startAt().map(name -> StartAt.before(read, name)).orElse(Set.of())
            : Set.of();
    problems =
        new ArrayList<>(
            PlaybookCheck.problems(request("-", Login.NONE), actions, new Templates(), problems));
    collect(
        () -> {
          ConnectionVariables.check(inventory);
          return devices;
        },
        problems);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  /** Says what was looked at; that nothing is wrong with it is known once there is a session. */
  void validated(PrintStream out) {
    Set<String> devices = new LinkedHashSet<>();
    request("-", Login.NONE)
        .devicesByPlay()
        .forEach(play -> play.forEach(device -> devices.add(device.name())));
    int plays = playbook.plays().size();
    int tasks = (int) playbook.plays().stream().flatMap(Play::everyTask).count();
    out.println(
        "ok: "
            + Lines.plural(plays, "play")
            + ", "
            + Lines.plural(tasks, "task")
            + ", "
            + Lines.plural(devices.size(), "device")
            + "; no mistake found, no device was touched");
  }

  void listDevices(PrintStream out) {
    List<List<Device>> devices = request("-", Login.NONE).devicesByPlay();
    for (int i = 0; i < devices.size(); i++) {
      out.println(TaskList.title(playbook.plays().get(i)) + " (" + devices.get(i).size() + "):");
      devices.get(i).forEach(device -> out.println("  " + Harmless.line(device.name())));
    }
  }

  void listTasks(PrintStream out) {
    new TaskList(request("-", Login.NONE)).print(out);
  }

  void listTags(PrintStream out) {
    for (Play play : playbook.plays()) {
      Set<String> tags = new TreeSet<>();
      Items.tasks(play).forEach(task -> tags.addAll(task.tags()));
      out.println(
          TaskList.title(play)
              + ": "
              + (tags.isEmpty() ? "-" : Harmless.line(String.join(", ", tags))));
    }
  }

  /**
   * Runs it from its beginning.
   *
   * @param retryOf id of the run whose failed devices this one tries again
   * @return exit code
   */
  int run(
      ConnectionOptions connection,
      OutputOptions output,
      RecordKeeping keeping,
      Optional<String> retryOf) {
    return new RunProcess(this, connection, output, keeping).begin(retryOf);
  }

  /**
   * Goes on with a run that an earlier process began with the same command line.
   *
   * @return exit code
   */
  int resume(
      RunFolder folder,
      Resumption wish,
      ConnectionOptions connection,
      OutputOptions output,
      RecordKeeping keeping) {
    return new RunProcess(this, connection, output, keeping).resume(folder, wish);
  }

  Wanted wanted() {
    return wanted;
  }

  Actions actions() {
    return actions;
  }

  Playbook playbook() {
    return playbook;
  }

  Inventory inventory() {
    return inventory;
  }

  /** What the first process of a run is asked to do. */
  RunRequest request(String run, Login login) {
    return request(run, login, FIRST_PROCESS, wanted.gates(), wanted.breakLock());
  }

  /**
   * @param run id
   * @param process which process of the run it is, from 1
   * @param breakLock whether devices are taken over that another run holds
   */
  RunRequest request(String run, Login login, int process, Gates gates, boolean breakLock) {
    return new RunRequest(
        run,
        GoOn.runs(wanted.words().recorded()),
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

  /** The report of what was done, in the run's folder and as a summary; whether it is written. */
  static boolean report(RunFolder folder, OutputOptions output) {
    RunReport report = RunJournal.report(folder);
    boolean written = written(report, folder);
    if (!output.json()) {
      new Summary(System.out, Style.automatic()).print(report, folder);
    }
    return written;
  }

  // A report that cannot be written must not hide how the run came out.
  static boolean written(RunReport report, RunFolder folder) {
    try {
      ReportJson.write(report, folder.json());
      ReportHtml.write(report, folder.html());
      return true;
    } catch (IOException e) {
      new Messages(System.err, Style.automatic())
          .error(
              "the run is over, but its report cannot be written: " + e.getMessage(),
              "its journal is whole: " + folder.path());
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
