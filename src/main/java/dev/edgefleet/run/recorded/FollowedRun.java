package dev.edgefleet.run.recorded;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.progress.Progress;
import dev.edgefleet.run.RunDirectory;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A run that is watched through its journal, from outside the process that works at it. */
public final class FollowedRun {
  private static final Duration POLL = Duration.ofMillis(300);

  private final RunDirectory directory;
  private long seen;
  private final RunFold run = RunFold.counting();
  private boolean cutOff;

  public FollowedRun(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Shows every record, then new ones as they come.
   *
   * @return exit code of the run; empty when its process is gone without a word
   * @throws BadInput when the journal cannot be read
   */
  public Optional<Integer> showUntilItEnds(Progress progress) {
    while (true) {
      // Asked before reading: what a process wrote that is gone now is then read all the same.
      boolean alive = RunLock.isHeld(directory.path());
      boolean more = showNew(progress);
      if (run.ended().isPresent()) {
        return run.ended().map(RunEvent.RunEnded::exitCode);
      }
      if (run.suspended().isPresent() && !alive) {
        return run.suspended().map(RunEvent.RunSuspended::exitCode);
      }
      if (!alive && !more) {
        cutOff = true;
        return Optional.empty();
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  public boolean isCutOff() {
    return cutOff;
  }

  /** What has it go on, once nobody is at work on it. */
  public String resumeCommand() {
    return FollowUpCommand.resume(run.run(), run.held());
  }

  // The file is let go between two looks, so that the run can tidy it up at its end.
  private boolean showNew(Progress progress) {
    long before = seen;
    RunJournal.reading(
        directory.path(),
        () -> {
          try (Stream<JournalEntry> entries = JournalQuery.after(directory.path(), seen)) {
            entries.forEachOrdered(entry -> show(entry, progress));
            return seen;
          }
        });
    return seen > before;
  }

  private void show(JournalEntry entry, Progress progress) {
    progress.show(entry);
    seen = entry.sequence();
    run.add(entry);
  }
}
