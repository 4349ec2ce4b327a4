package dev.edgefleet.progress;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.terminal.SystemTerminal;
import dev.edgefleet.terminal.WordWrap;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A few lines at the foot of the terminal that tell how the run stands, over the lines that stay.
 * Nobody who has something to show waits for the terminal: one thread draws, a few times a second.
 */
public final class LiveProgress implements Progress {
  private static final Duration FRAME = Duration.ofMillis(150);

  private final PrintStream out;
  private final Terminal terminal;
  private final EventLines lines;
  private final Display display;
  private final Thread painter;
  private final Object drawing = new Object();
  private final Queue<JournalEntry> entries = new ConcurrentLinkedQueue<>();
  private int columns = SystemTerminal.UNBOUNDED;
  private boolean over;
  private boolean closed;

  public LiveProgress(PrintStream out, Terminal terminal, EventLines lines) {
    this.out = out;
    this.terminal = terminal;
    this.lines = lines;
    display = new Display(terminal, false);
    painter = Thread.ofPlatform().daemon().name("progress").start(this::paint);
  }

  // Only the one thread that draws makes lines of them: hundreds of devices at its lock would keep
  // the clock from moving.
  @Override
  public void show(JournalEntry entry) {
    entries.add(entry);
  }

  @Override
  public void recall(JournalEntry entry) {
    lines.recall(entry);
  }

  @Override
  public void notice(String line) {
    synchronized (drawing) {
      if (over) {
        out.println(line);
        out.flush();
        return;
      }
      onScreen(this::wipe);
      List<String> text = made();
      text.add(line);
      above(text);
      onScreen(() -> draw(Instant.now()));
    }
  }

  /** The terminal wrote what was typed where the cursor rests: at the beginning of these lines. */
  private void wipe() {
    terminal.puts(Capability.carriage_return);
    terminal.puts(Capability.clr_eos);
    display.reset();
  }

  @Override
  public void close() {
    painter.interrupt();
    synchronized (drawing) {
      over = true;
      above(made());
      onScreen(this::clear);
      closed = true;
    }
  }

  /** The lines for all that came in since the last time. */
  private List<String> made() {
    List<String> made = new ArrayList<>();
    for (JournalEntry entry = entries.poll(); entry != null; entry = entries.poll()) {
      made.addAll(lines.of(entry));
    }
    return made;
  }

  private void paint() {
    try {
      while (true) {
        synchronized (drawing) {
          if (over) {
            return;
          }
          frame(Instant.now());
        }
        Thread.sleep(FRAME);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void frame(Instant now) {
    List<String> text = made();
    text.addAll(lines.due(now));
    above(text);
    onScreen(() -> draw(now));
  }

  // Lines that stay go past the terminal library: they must come even when it has closed.
  private void above(List<String> text) {
    if (!text.isEmpty()) {
      onScreen(this::clear);
      int width = width();
      text.forEach(line -> WordWrap.of(line, width, EventLines.indent(line)).forEach(out::println));
      out.flush();
    }
  }

  // On Ctrl-C the library closes its terminal at once, while steps still run to their end.
  private void onScreen(Runnable what) {
    if (closed) {
      return;
    }
    try {
      what.run();
    } catch (IllegalStateException terminalClosed) {
      closed = true;
    }
  }

  private void clear() {
    display.update(List.of(), 0);
    terminal.flush();
  }

  // Once the terminal is closed it is as wide as before; one that does not know takes all.
  private int width() {
    onScreen(
        () -> {
          int now = terminal.getSize().getColumns();
          columns = now > 0 ? now : columns;
        });
    return columns;
  }

  private void draw(Instant now) {
    Size size = terminal.getSize();
    int width = Math.max(size.getColumns(), 20);
    int height = Math.max(size.getRows(), 5);
    display.resize(Size.of(width, height));
    List<AttributedString> screen = new ArrayList<>();
    Screen.of(lines.standing(now, height), width, height)
        .forEach(line -> screen.add(new AttributedString(line)));
    // What the terminal echoes meanwhile stands where it can be wiped away.
    display.update(screen, 0);
    terminal.flush();
  }
}
