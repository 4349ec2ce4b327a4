package dev.edgefleet.run;

import dev.edgefleet.connect.Connector;
import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.engine.resume.RecordedRun;
import dev.edgefleet.engine.wave.FleetRun;
import dev.edgefleet.engine.wave.WaitOptions;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunHead;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.journal.resume.ResumeStore;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.progress.Progress;
import dev.edgefleet.reference.InventoryDocument;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.run.recorded.RecordCheck;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.ssh.SshTransport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What one process does of a run: from taking the run's lock to its report. */
final class RunProcess {
  private static final String INVENTORY = "the inventory, as its programs gave it";

  private final RunSession session;
  private final RunSession.Settings wanted;
  private final ConnectionSettings connection;
  private final OutputSettings output;
  private final AuditLog audit;
  private final UnaryOperator<Journal> journals;
  private final Keyring keys;

  RunProcess(
      RunSession session,
      ConnectionSettings connection,
      OutputSettings output,
      RecordKeeping keeping) {
    this.session = session;
    this.audit = keeping.audit();
    this.journals = keeping.journals();
    this.keys = keeping.keys();
    this.wanted = session.wanted();
    this.connection = connection;
    this.output = output;
  }

  int begin(Optional<String> retryOf) {
    output.applyDebug();
    session.request("-", LoginDefaults.NONE).devicesByPlay();
    LoginDefaults login = connection.login(wanted.redactor());
    List<String> warnings = new ArrayList<>(session.check(login, connection));
    session.fileWarnings().forEach(warning -> warnings.add(warning.toString()));
    // From here on there is something that an interrupt must not leave half made.
    try (Interruptible interruptible = new Interruptible()) {
      RunDirectory directory = RunDirectory.create(output.runs());
      RunLock lock = RunLock.take(directory.path());
      try {
        RunRequest request = session.request(directory.id(), login);
        RequestFile.write(directory.path(), wanted.words().typed(), keys.store());
        AnswersFile.write(directory.path(), session.answers(), keys.store());
        return run(
            request,
            directory,
            SqliteJournal.create(directory.path(), keys),
            RecordedRun.none(),
            opening(request, retryOf, warnings),
            interruptible);
      } finally {
        lock.close();
      }
    }
  }

  private List<RunEvent> opening(
      RunRequest request, Optional<String> retryOf, List<String> warnings) {
    List<RunEvent> opening = new ArrayList<>();
    opening.add(started(request, retryOf));
    warnings.stream()
        .map(wanted.redactor()::redact)
        .map(RunEvent.RunWarned::new)
        .forEach(opening::add);
    return opening;
  }

  int resume(RunDirectory directory, Resumption wish) {
    output.applyDebug();
    RunLock lock = RunLock.take(directory.path());
    try {
      RecordedRun history = history(directory);
      if (history.isOver()) {
        throw new BadInput(
            "run " + directory.id() + " is over",
            "to try its failed devices again: "
                + FollowUpCommand.command("retry", directory.path()));
      }
      if (!wish.acceptChanges()) {
        refuseDrift(directory, history);
      }
      List<RunEvent> opening = new ArrayList<>();
      int process = history.processes() + 1;
      opening.add(
          new RunEvent.RunResumed(
              process, Operator.name(), wish.words().recorded(), Version.number()));
      List<RunEvent.OperatorDecided> words = decided(history, wish);
      history.decide(words);
      opening.addAll(words);
      LoginDefaults login = connection.login(wanted.redactor());
      session.check(login, connection);
      WaitOptions gates = new WaitOptions(wish.detach(), wish.approve(), Operator.name());
      RunRequest request = session.request(directory.id(), login, process, gates, wish.breakLock());
      try (Interruptible interruptible = new Interruptible()) {
        return run(
            request,
            directory,
            SqliteJournal.reopen(directory.path(), keys),
            history,
            opening,
            interruptible);
      }
    } finally {
      lock.close();
    }
  }

  private RecordedRun history(RunDirectory directory) {
    RecordCheck.requireOwn(directory);
    RunFold run = RunFold.whole();
    try (Stream<JournalEntry> entries = JournalReader.stream(directory.path())) {
      entries.forEachOrdered(run::add);
    }
    return RecordedRun.of(run, ResumeStore.read(directory.path(), keys.store()));
  }

  private void refuseDrift(RunDirectory directory, RecordedRun history) {
    Map<String, byte[]> made = new LinkedHashMap<>();
    made.put(INVENTORY, inventoryAsRead());
    List<Problem> problems =
        new ArrayList<>(
            FrozenFiles.drift(directory, history.files(), made, keys.store(), wanted.redactor()));
    if (history.hasBegun()) {
      problems.addAll(FrozenFiles.added(history.files(), madeFrom()));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }

  private byte[] inventoryAsRead() {
    return new InventoryDocument(session.inventory(), session.inventory().devices())
        .json()
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<RunEvent.OperatorDecided> decided(RecordedRun history, Resumption wish) {
    List<RunEvent.OperatorDecided> words = new ArrayList<>();
    Set<String> waiting = new LinkedHashSet<>();
    for (RunEvent.DeviceHeld held : history.held()) {
      String device = held.step().device();
      waiting.add(device);
      boolean done = names(wish.done()).contains(device);
      boolean repeat = names(wish.repeat()).contains(device);
      if (done && repeat) {
        throw new BadInput(device + " is named by both --done and --repeat", "say one of them");
      }
      if (done || repeat) {
        words.add(new RunEvent.OperatorDecided(held.step(), done, Operator.name()));
      }
    }
    boolean asked = wish.done().isPresent() || wish.repeat().isPresent();
    if (asked && words.isEmpty()) {
      throw new BadInput(
          "none of the devices that --done or --repeat name has a step in doubt",
          waiting.isEmpty()
              ? "resume without them"
              : "these have one: " + String.join(", ", waiting));
    }
    return words;
  }

  private Set<String> names(Optional<HostPattern> pattern) {
    Set<String> names = new LinkedHashSet<>();
    pattern.ifPresent(
        p -> session.inventory().select(p).forEach(device -> names.add(device.name())));
    return names;
  }

  private int run(
      RunRequest request,
      RunDirectory directory,
      SqliteJournal journal,
      RecordedRun history,
      List<RunEvent> opening,
      Interruptible interruptible) {
    int exitCode = execute(request, directory, journal, history, opening, interruptible);
    boolean over = RunHead.of(directory.path()).isOver();
    if (over) {
      ResumeStore.delete(directory.path());
      FrozenFiles.delete(directory);
      AnswersFile.delete(directory.path());
    }
    JournalReader.lastSeal(directory.path())
        .ifPresent(
            seal ->
                audit.note(
                    directory.id(),
                    over ? "ended" : "suspended",
                    seal,
                    new Messages(System.err, Style.automatic())::warning));
    return RunSession.report(directory, output) || exitCode != 0
        ? exitCode
        : ExitCode.INTERNAL_ERROR.number();
  }

  private int execute(
      RunRequest request,
      RunDirectory directory,
      SqliteJournal file,
      RecordedRun history,
      List<RunEvent> opening,
      Interruptible interruptible) {
    Templates templates = new Templates();
    Progress progress = interruptible.tell(output.progress(System.out));
    try (ObservedJournal journal = new ObservedJournal(journals.apply(file), progress);
        SshTransport ssh = new SshTransport(connection.ssh(wanted.redactor()))) {
      Connector links = new Connector(ssh, templates, request.login(), connection.privateKey());
      FrozenFiles files = new FrozenFiles(directory, journal, keys.store(), history.files());
      FleetRun run =
          new FleetRun(
              request,
              new RunServices(
                  session.actions(),
                  templates,
                  journal,
                  links,
                  wanted.redactor(),
                  wanted.vault(),
                  Deadline.in(request.deadlines().run()),
                  history,
                  ControlDirectory.of(directory),
                  new Webhook(directory.id(), wanted.playbook().toString(), journal),
                  files,
                  AnswerBudget.ofHeap()));
      try (Stream<JournalEntry> earlier = JournalReader.stream(directory.path())) {
        earlier.forEach(progress::recall);
      }
      opening.forEach(journal::append);
      FleetRun watched = interruptible.watch(run);
      freeze(files);
      try (RunWarnings _ = RunWarnings.of(journal, wanted.redactor())) {
        return watched.execute();
      }
    }
  }

  private List<Path> madeFrom() {
    List<Path> files = new ArrayList<>(session.playbook().files());
    files.addAll(session.inventory().sources().files());
    files.addAll(wanted.variableFiles());
    return files;
  }

  // What was read before the run began; what steps use is noted when they do.
  private void freeze(FrozenFiles files) {
    madeFrom().forEach(files::use);
    List<Path> sources = session.inventory().sources().files();
    if (sources.stream().anyMatch(Files::isExecutable)) {
      files.use(INVENTORY, inventoryAsRead());
    }
  }

  private RunEvent.RunStarted started(RunRequest request, Optional<String> retryOf) {
    Set<String> devices = new LinkedHashSet<>();
    for (List<Device> play : request.devicesByPlay()) {
      play.forEach(device -> devices.add(device.name()));
    }
    return new RunEvent.RunStarted(
        request.run(),
        Operator.name(),
        // Not sooner: the secrets of the files and of the login have to be known.
        wanted.words().recorded().stream().map(wanted.redactor()::redact).toList(),
        Version.number(),
        SourceFile.of(wanted.playbook()),
        session.inventory().sources().files().stream().map(SourceFile::of).toList(),
        wanted.check(),
        List.copyOf(devices),
        retryOf);
  }
}
