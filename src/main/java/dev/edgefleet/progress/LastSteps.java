package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.RunFold;
import java.util.Optional;

/** Keeps each device's last step for what is printed at the end, and passes everything on. */
public final class LastSteps implements Progress {
  private final Progress shown;
  private final RunFold run = RunFold.whole();

  public LastSteps(Progress shown) {
    this.shown = shown;
  }

  public synchronized Optional<RunEvent.StepEnded> of(String device) {
    return run.device(device).flatMap(DeviceFold::lastEnded);
  }

  @Override
  public void show(JournalEntry entry) {
    add(entry);
    shown.show(entry);
  }

  private synchronized void add(JournalEntry entry) {
    run.add(entry);
  }

  @Override
  public void recall(JournalEntry entry) {
    shown.recall(entry);
  }

  @Override
  public void notice(String line) {
    shown.notice(line);
  }

  @Override
  public void close() {
    shown.close();
  }
}
