package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;

/** Shows nothing. */
public record NoProgress() implements Progress {
  @Override
  public void show(JournalEntry entry) {}

  @Override
  public void close() {}
}
