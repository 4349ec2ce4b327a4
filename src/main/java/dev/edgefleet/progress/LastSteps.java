package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps each device's last step for what is printed at the end, and passes everything on. */
public final class LastSteps implements Progress {
  private final Progress shown;
  private final Map<String, RunEvent.StepEnded> last = new ConcurrentHashMap<>();

  public LastSteps(Progress shown) {
    this.shown = shown;
  }

  public Optional<RunEvent.StepEnded> of(String device) {
    return Optional.ofNullable(last.get(device));
  }

  @Override
  public void show(JournalEntry entry) {
    if (entry.event() instanceof RunEvent.StepEnded ended) {
      last.put(ended.step().device(), ended);
    }
    shown.show(entry);
  }

  @Override
  public void recall(JournalEntry entry) {
    shown.recall(entry);
  }

  @Override
  public void close() {
    shown.close();
  }
}
