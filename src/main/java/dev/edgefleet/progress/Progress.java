package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;

/** Shows how a run goes, from the journal's entries alone. */
public interface Progress extends AutoCloseable {
  /** Called for each entry after it is on disk, by many threads. */
  void show(JournalEntry entry);

  /**
   * Takes an entry into account that was shown by an earlier process of the same run, and does not
   * show it again; to be called before the first {@link #show}.
   */
  default void recall(JournalEntry entry) {}

  /**
   * Says something to whoever sits at the terminal, at once. What they typed meanwhile, such as ^C,
   * stands on the screen by then.
   */
  default void notice(String line) {
    System.err.println(System.lineSeparator() + line);
  }

  /** Takes down whatever stands on the screen. */
  @Override
  void close();
}
