package dev.edgefleet.cli;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;

/** A journal whose entries a progress display sees once they are on disk. */
record ObservedJournal(Journal journal, Progress progress) implements Journal {
  @Override
  public JournalEntry append(RunEvent event) {
    JournalEntry entry = journal.append(event);
    progress.show(entry);
    return entry;
  }

  @Override
  public void close() {
    progress.close();
    journal.close();
  }
}
