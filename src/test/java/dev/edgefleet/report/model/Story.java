package dev.edgefleet.report.model;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.FileDiff;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a real journal what happened in a run, so that a test can read what a report makes of it.
 */
public final class Story implements AutoCloseable {
  public static final String RUN = "20261122-120000-provision";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Path directory;
  private final SqliteJournal journal;
  private final List<String> devices;
  private final Map<String, Integer> stepsOf = new HashMap<>();
  private Instant now = NOON;
  private int play;

  public Story(Path directory, List<String> devices) {
    this.directory = directory;
    this.devices = devices;
    this.journal = SqliteJournal.create(directory, new StoryClock());
  }

  private final class StoryClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  public Story starts() {
    return starts(false);
  }

  Story starts(boolean check) {
    return tell(
        new RunEvent.RunStarted(
            RUN,
            "mia@control-1",
            List.of(
                "edgefleet",
                "run",
                "playbooks/provision.yaml",
                "-i",
                "inventories/plant/hosts.yaml",
                "--limit",
                "line 4:&presses",
                "--diff"),
            "0.1.0",
            new RunEvent.Source(
                "playbooks/provision.yaml",
                "5b41362bc82b7f3d56edc5a306db22105707d01ff4819e26faef9724a2d406c9"),
            List.of(
                new RunEvent.Source(
                    "inventories/plant/hosts.yaml",
                    "d98cf53e0c8b77c14a96358d5b69584225b4bb9026423cbc2f7b0161894c402c")),
            check,
            devices,
            java.util.Optional.empty()));
  }

  public Story plays(String name) {
    return plays(name, devices);
  }

  Story plays(String name, List<String> on) {
    play++;
    stepsOf.clear();
    return tell(new RunEvent.PlayStarted(play, name, on));
  }

  public Story begins(String device) {
    return tell(new RunEvent.DeviceStarted(play, device));
  }

  public Story begins(String device, Step step) {
    StepId id = next(device);
    return tell(new RunEvent.StepStarted(id, step.task, step.action, place(id)));
  }

  /** A step from its start to its end. */
  public Story does(String device, Step step) {
    StepId id = next(device);
    tell(new RunEvent.StepStarted(id, step.task, step.action, place(id)));
    passes(Duration.ofMillis(step.millis));
    return tell(
        new RunEvent.StepEnded(
            id,
            step.task,
            step.action,
            place(id),
            step.status,
            step.status == StepStatus.CHANGED,
            step.millis,
            step.message,
            step.remedy,
            step.diffs,
            step.output,
            step.values,
            ""));
  }

  /** A loop's item, under one path for all of them. */
  public Story doesItem(String device, int index, String label, Step step) {
    StepId id = new StepId(RUN, device, play + ".9", index + "-0a1b2c3d", 1);
    tell(new RunEvent.StepStarted(id, step.task, step.action, "playbooks/provision.yaml:60:7"));
    return tell(
        new RunEvent.StepEnded(
            id,
            step.task,
            step.action,
            "playbooks/provision.yaml:60:7",
            step.status,
            step.status == StepStatus.CHANGED,
            step.millis,
            step.message,
            step.remedy,
            step.diffs,
            step.output,
            step.values,
            label));
  }

  /** An attempt that is followed by another. */
  public Story retries(String device, Step step, int attempts) {
    for (int attempt = 1; attempt <= attempts; attempt++) {
      StepId id = new StepId(RUN, device, play + ".8", "", attempt);
      tell(new RunEvent.StepStarted(id, step.task, step.action, "playbooks/provision.yaml:54:7"));
      tell(new RunEvent.StepRetried(id, step.task, step.action, 20, step.message));
    }
    return this;
  }

  private StepId next(String device) {
    int number = stepsOf.merge(device, 1, Integer::sum);
    return new StepId(RUN, device, play + "." + number, "", 1);
  }

  private static String place(StepId id) {
    return "playbooks/provision.yaml:" + (8 + 6 * id.path().charAt(2) - 6 * '0') + ":7";
  }

  public Story ends(String device, DeviceStatus status) {
    return tell(new RunEvent.DeviceEnded(play, device, status));
  }

  public Story ends(int exitCode) {
    return tell(new RunEvent.RunEnded(exitCode, Optional.empty()));
  }

  public Story ends(int exitCode, String reason) {
    return tell(new RunEvent.RunEnded(exitCode, Optional.of(reason)));
  }

  public Story passes(Duration time) {
    now = now.plus(time);
    return this;
  }

  public Story tell(RunEvent event) {
    journal.append(event);
    return this;
  }

  public RunReport report() {
    try (Stream<JournalEntry> entries = JournalReader.stream(directory)) {
      return RunReport.from(entries);
    }
  }

  @Override
  public void close() {
    journal.close();
  }

  /** What a step is and comes to. */
  public record Step(
      String task,
      String action,
      StepStatus status,
      String message,
      String remedy,
      long millis,
      List<FileDiff> diffs,
      String output,
      Map<String, Object> values) {
    public static Step of(String task, String action, StepStatus status, String message) {
      return new Step(task, action, status, message, "", 240, List.of(), "", Map.of());
    }

    public Step remedy(String text) {
      return new Step(task, action, status, message, text, millis, diffs, output, values);
    }

    public Step millis(long time) {
      return new Step(task, action, status, message, remedy, time, diffs, output, values);
    }

    public Step diff(String path, String unified) {
      return new Step(
          task,
          action,
          status,
          message,
          remedy,
          millis,
          List.of(new FileDiff(path, unified)),
          output,
          values);
    }

    public Step output(String text) {
      return new Step(task, action, status, message, remedy, millis, diffs, text, values);
    }

    public Step values(Map<String, Object> known) {
      return new Step(task, action, status, message, remedy, millis, diffs, output, known);
    }

    public Step modules(List<Map<String, Object>> modules) {
      return new Step(
          task, action, status, message, remedy, millis, diffs, output, Map.of("modules", modules));
    }
  }
}
