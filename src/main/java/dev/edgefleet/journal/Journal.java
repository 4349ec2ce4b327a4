package dev.edgefleet.journal;

import dev.edgefleet.journal.resume.ResumeRecord;

/** Where a run's events go. One writer, many threads that append. */
public interface Journal extends AutoCloseable {
  /**
   * Writes one event. Returns when it is on disk, so that whoever writes "started" may then start.
   *
   * @throws JournalFailed when it cannot be written; the run must then stop, for what is not
   *     recorded must not be done
   */
  JournalEntry append(RunEvent event);

  /**
   * As {@link #append(RunEvent)}; what is to be kept is on disk, encrypted, before the event is.
   */
  JournalEntry append(RunEvent event, ResumeRecord kept);

  /** Flushes and closes; harmless when closed already. */
  @Override
  void close();
}
