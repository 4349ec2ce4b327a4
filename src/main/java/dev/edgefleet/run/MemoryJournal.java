package dev.edgefleet.run;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.resume.ResumeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The record of a run that changes nothing, and so leaves no directory behind. */
public final class MemoryJournal implements Journal {
  private final List<JournalEntry> entries = new ArrayList<>();

  @Override
  public synchronized JournalEntry append(RunEvent event) {
    JournalEntry entry = new JournalEntry(entries.size() + 1L, Instant.now(), event, "");
    entries.add(entry);
    return entry;
  }

  /** Nothing is kept: it cannot be resumed. */
  @Override
  public JournalEntry append(RunEvent event, ResumeRecord kept) {
    return append(event);
  }

  synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void close() {}
}
