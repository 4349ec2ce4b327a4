package dev.edgefleet.cli;

import dev.edgefleet.journal.JournalEntry;

/** Shows nothing. */
record NoProgress() implements Progress {
  @Override
  public void show(JournalEntry entry) {}

  @Override
  public void close() {}
}
