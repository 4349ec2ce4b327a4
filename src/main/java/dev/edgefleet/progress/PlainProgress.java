package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Lines that stay, for logs and pipes; when nothing was printed for a while, one with the figures.
 */
public final class PlainProgress implements Progress {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration QUIETEST = Duration.ofMinutes(1);

  private final PrintStream out;
  private final EventLines lines;
  private final Thread reminder;
  private long lastPrinted = System.nanoTime();
  private Duration patience = QUIET;

  public PlainProgress(PrintStream out, EventLines lines) {
    this.out = out;
    this.lines = lines;
    this.reminder = Thread.ofPlatform().daemon().name("progress").start(this::remind);
  }

  @Override
  public synchronized void show(JournalEntry entry) {
    List<String> text = lines.of(entry);
    if (!text.isEmpty()) {
      print(text);
      patience = QUIET;
    }
  }

  @Override
  public void recall(JournalEntry entry) {
    lines.recall(entry);
  }

  @Override
  public void close() {
    reminder.interrupt();
  }

  private void remind() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        remind(Instant.now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void remind(Instant now) {
    print(lines.due(now));
    RunSnapshot standing = lines.standing(now, 0);
    if (System.nanoTime() - lastPrinted > patience.toNanos() && Headline.isWorthTelling(standing)) {
      print(List.of(Headline.withWave(standing)));
      // A long wait needs no line every few seconds.
      patience = patience.multipliedBy(2);
      patience = patience.compareTo(QUIETEST) > 0 ? QUIETEST : patience;
    }
  }

  private void print(List<String> text) {
    if (!text.isEmpty()) {
      text.forEach(out::println);
      out.flush();
      lastPrinted = System.nanoTime();
    }
  }
}
