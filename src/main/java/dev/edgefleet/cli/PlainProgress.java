package dev.edgefleet.cli;

import dev.edgefleet.journal.JournalEntry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Lines that stay, for logs and pipes; when nothing was printed for a while, one with the figures.
 */
final class PlainProgress implements Progress {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Lines lines;
  private final Tally tally = new Tally();
  private final Thread reminder;
  private volatile long lastPrinted = System.nanoTime();

  PlainProgress(PrintStream out, Lines lines) {
    this.out = out;
    this.lines = lines;
    this.reminder = Thread.ofPlatform().daemon().name("progress").start(this::remind);
  }

  @Override
  public void show(JournalEntry entry) {
    tally.count(entry.event());
    print(lines.of(entry.event()));
  }

  @Override
  public void close() {
    reminder.interrupt();
  }

  private void remind() {
    try {
      while (true) {
        Thread.sleep(Duration.ofMillis(500));
        Tally.Figures now = tally.figures();
        if (System.nanoTime() - lastPrinted > QUIET.toNanos() && now.running() > 0) {
          print(List.of(LiveProgress.headline(now)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void print(List<String> text) {
    if (!text.isEmpty()) {
      text.forEach(out::println);
      out.flush();
      lastPrinted = System.nanoTime();
    }
  }
}
