package dev.edgefleet.engine.resume;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened to a play's rollout before this process. */
public final class RecordedPlay {
  private final List<String> devices;
  private final List<JournalEntry> entries = new ArrayList<>();

  /**
   * @param devices that the play began with
   */
  public RecordedPlay(List<String> devices) {
    this.devices = devices;
  }

  public List<String> devices() {
    return devices;
  }

  void add(JournalEntry entry) {
    entries.add(entry);
  }

  List<RunEvent> events() {
    return entries.stream().map(JournalEntry::event).toList();
  }

  /**
   * @param wave number from 1
   */
  public boolean hasStarted(int wave) {
    return events().stream()
        .anyMatch(event -> event instanceof RunEvent.WaveStarted w && w.wave() == wave);
  }

  public boolean hasEnded(int wave) {
    return events().stream()
        .anyMatch(event -> event instanceof RunEvent.WaveEnded w && w.wave() == wave);
  }

  public boolean hasAsked(int wave) {
    return events().stream()
        .anyMatch(event -> event instanceof RunEvent.ApprovalAsked w && w.wave() == wave);
  }

  public Optional<Instant> soaksSince(int wave) {
    return entries.stream()
        .filter(entry -> entry.event() instanceof RunEvent.SoakStarted w && w.wave() == wave)
        .map(JournalEntry::at)
        .reduce((earlier, later) -> later);
  }
}
