package dev.edgefleet.progress;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.fold.RunFold;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A run of one play as a test tells it, with a clock that moves only when told to. */
public final class ToldRun {
  static final String ID = "20261124-101500-1f2e";
  private static final List<String> COMMAND = List.of("edgefleet", "run", "p.yml", "--runs", "r");
  static final Instant BEGAN = Instant.parse("2026-11-24T10:15:00Z");

  private final List<JournalEntry> entries = new ArrayList<>();
  private final List<String> devices;
  Instant now = BEGAN;

  /** A run of devices {@code d1}, {@code d2}, … */
  public ToldRun(int devices) {
    this.devices = names(1, devices);
    tell(started(ID, COMMAND, this.devices, Optional.empty()));
    tell(new RunEvent.PlayStarted(1, "Provision", this.devices));
  }

  public static RunEvent.RunStarted started(
      String id, List<String> command, List<String> devices, Optional<String> retryOf) {
    return new RunEvent.RunStarted(
        id,
        "mia@control-1",
        command,
        "1.0",
        new RunEvent.Source("p.yml", "00"),
        List.of(),
        false,
        devices,
        retryOf);
  }

  public static List<String> names(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> "d" + n).toList();
  }

  /** The same run, as one that tries devices of another again. */
  public ToldRun retryOf(String run) {
    return begun(started(ID, COMMAND, devices, Optional.of(run)));
  }

  /** The same run, as a demo. */
  public ToldRun ofDemo() {
    return begun(started(ID, List.of("edgefleet", "demo"), devices, Optional.empty()));
  }

  private ToldRun begun(RunEvent.RunStarted started) {
    JournalEntry first = entries.getFirst();
    entries.set(0, new JournalEntry(first.sequence(), first.at(), started, first.hash()));
    return this;
  }

  public List<JournalEntry> entries() {
    return entries;
  }

  RunSnapshot standing() {
    RunFold run = RunFold.counting();
    entries.forEach(run::add);
    return RunSnapshot.of(run, now, Screen.MOST);
  }

  public ToldRun tell(RunEvent event) {
    entries.add(new JournalEntry(entries.size() + 1L, now, event, "00"));
    return this;
  }

  ToldRun passes(long seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  public ToldRun wave(int number, int of, String name, List<String> members) {
    return tell(new RunEvent.WaveStarted(1, number, of, name, members));
  }

  public ToldRun begins(String device, String task) {
    tell(new RunEvent.DeviceStarted(1, device));
    return tell(new RunEvent.StepStarted(step(device), task, "command", "p.yml:3:7"));
  }

  ToldRun ends(String device, DeviceStatus status) {
    return tell(new RunEvent.DeviceEnded(1, device, status));
  }

  public ToldRun changes(String device, String task) {
    begins(device, task);
    tell(ended(device, task, StepStatus.CHANGED, "changed it"));
    return ends(device, DeviceStatus.OK);
  }

  public ToldRun fails(String device, String task, String message) {
    begins(device, task);
    tell(ended(device, task, StepStatus.FAILED, message));
    return ends(device, DeviceStatus.FAILED);
  }

  static StepId step(String device) {
    return new StepId(ID, device, "1.1", "", 1);
  }

  static RunEvent.StepEnded ended(String device, String task, StepStatus status, String message) {
    return new RunEvent.StepEnded(
        step(device),
        task,
        "command",
        "p.yml:3:7",
        status,
        status == StepStatus.CHANGED,
        1200,
        message,
        status.isFailure() ? "look at the disk of " + device : "",
        List.of(),
        "",
        Map.of(),
        "");
  }

  static RunEvent.StepEnded warns(String device, String warning) {
    return new RunEvent.StepEnded(
        step(device),
        "Identity",
        "copy",
        "p.yml:3:7",
        StepStatus.OK,
        false,
        1200,
        "as wanted",
        "",
        List.of(),
        "",
        Map.of(RunEvent.WARNINGS, List.of(warning)),
        "");
  }

  /** Writes it as the journal of a run in this directory of runs. */
  public Path written(Path runs, String id) {
    Path directory = runs.resolve(id);
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    try (SqliteJournal journal = SqliteJournal.create(directory, clock)) {
      entries.forEach(
          entry ->
              journal.append(
                  entry.event() instanceof RunEvent.RunStarted started
                      ? started(id, started.command(), started.devices(), started.retryOf())
                      : entry.event()));
    }
    return directory;
  }
}
