package dev.edgefleet.run;

import dev.edgefleet.journal.Journal;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.resume.ResumeRecord;
import dev.edgefleet.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal whose entries a progress display sees once they are on disk. */
public record ObservedJournal(Journal journal, Progress progress) implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(ObservedJournal.class);

  @Override
  public JournalEntry append(RunEvent event) {
    return shown(journal.append(event));
  }

  @Override
  public JournalEntry append(RunEvent event, ResumeRecord kept) {
    return shown(journal.append(event, kept));
  }

  private JournalEntry shown(JournalEntry entry) {
    try {
      progress.show(entry);
    } catch (RuntimeException cannotShow) {
      // The entry is on disk; a display that fails must not fail the step.
      LOG.warn("progress", cannotShow);
    }
    return entry;
  }

  @Override
  public void close() {
    progress.close();
    journal.close();
  }
}
