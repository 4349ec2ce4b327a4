package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.run.RunDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What one run did with one device, play by play. */
public final class DeviceHistory {
  private final String device;
  private final Map<Integer, String> names = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private List<String> changed = new ArrayList<>();
  private String problem = "";
  private Optional<Instant> began = Optional.empty();
  private int play;

  /**
   * The device's part in one play.
   *
   * @param at UTC time it began
   * @param result {@code changed}, {@code ok}, {@code failed}, {@code unreachable}, {@code
   *     stopped}, or {@code open} when the journal does not say how it ended
   * @param what what was changed, task by task, or what went wrong
   */
  public record Part(
      String run, Instant at, String playbook, String play, String result, String what) {}

  private DeviceHistory(String device) {
    this.device = device;
  }

  /**
   * @return empty when the run had nothing to do with the device
   * @throws dev.edgefleet.journal.JournalFailed when the journal cannot be read
   */
  public static List<Part> of(RunDirectory folder, String device) {
    List<JournalEntry> entries = JournalQuery.ofDevice(folder.path(), device);
    if (entries.isEmpty() || !(entries.getFirst().event() instanceof RunEvent.RunStarted run)) {
      throw RunOverview.nothing(folder.path());
    }
    if (!run.devices().contains(device)) {
      return List.of();
    }
    DeviceHistory history = new DeviceHistory(device);
    entries.forEach(entry -> history.add(entry, folder.id(), run));
    history.began.ifPresent(_ -> history.close(folder.id(), run, "open"));
    return history.parts;
  }

  private void add(JournalEntry entry, String id, RunEvent.RunStarted run) {
    switch (entry.event()) {
      case RunEvent.PlayStarted started -> names.put(started.play(), started.name());
      case RunEvent.DeviceStarted started -> {
        began = began.or(() -> Optional.of(entry.at()));
        play = started.play();
      }
      case RunEvent.StepEnded step -> {
        if (step.changed()) {
          changed.add(step.task());
        }
        if (step.status().isFailure()) {
          problem = step.task() + ": " + step.message();
        }
      }
      case RunEvent.DeviceHeld held -> problem = held.task() + ": " + held.message();
      case RunEvent.DeviceEnded ended -> {
        play = ended.play();
        began = began.or(() -> Optional.of(entry.at()));
        close(
            id,
            run,
            ended.status() == DeviceStatus.OK && !changed.isEmpty()
                ? "changed"
                : ended.status().name().toLowerCase(Locale.ROOT));
      }
      default -> {}
    }
  }

  private void close(String id, RunEvent.RunStarted run, String result) {
    parts.add(
        new Part(
            id,
            began.orElse(Instant.EPOCH),
            run.playbook().path() + (run.check() ? " (check)" : ""),
            names.getOrDefault(play, ""),
            result,
            problem.isEmpty() ? String.join("; ", changed) : problem));
    changed = new ArrayList<>();
    problem = "";
    began = Optional.empty();
  }

  @Override
  public String toString() {
    return device + " " + parts;
  }
}
