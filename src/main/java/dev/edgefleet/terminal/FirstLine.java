package dev.edgefleet.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is being done before there is anything to show, with a clock that moves, so that a terminal
 * does not stay empty. It is over when it is closed, or when something else uses the terminal.
 */
public final class FirstLine implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final AtomicReference<@Nullable FirstLine> NOW = new AtomicReference<>();

  private final PrintStream out;
  private final String what;
  private final Thread clock;
  private boolean over;

  FirstLine(PrintStream out, String what) {
    this.out = out;
    this.what = Style.automatic().paint("faint", TerminalText.line(what) + " …");
    this.clock = Thread.ofPlatform().daemon().name("first line").unstarted(this::tick);
  }

  /** On a terminal only, and beside what a file or a pipe takes. */
  public static FirstLine say(String what) {
    boolean shown = Interactive.console().isPresent();
    FirstLine line = new FirstLine(System.err, what);
    line.over = !shown;
    if (shown) {
      line.begin();
      NOW.set(line);
      line.clock.start();
    }
    return line;
  }

  /** Whoever is about to use the terminal says so. */
  static void end() {
    FirstLine line = NOW.getAndSet(null);
    if (line != null) {
      line.close();
    }
  }

  synchronized void begin() {
    out.print(what);
    out.flush();
  }

  /** So many seconds have passed. */
  synchronized void passed(int seconds) {
    if (!over) {
      out.print("\r" + what + " " + seconds + " s");
      out.flush();
    }
  }

  private void tick() {
    try {
      for (int seconds = 1; ; seconds++) {
        Thread.sleep(SECOND);
        passed(seconds);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      out.println();
      clock.interrupt();
    }
  }
}
