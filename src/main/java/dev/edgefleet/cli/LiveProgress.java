package dev.edgefleet.cli;

import dev.edgefleet.journal.JournalEntry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/**
 * A few lines at the foot of the terminal that tell how the run stands, over the lines that stay.
 */
final class LiveProgress implements Progress {
  private static final Duration FRAME = Duration.ofMillis(150);
  private static final int SLOWEST = 4;

  private final PrintStream out;
  private final Terminal terminal;
  private final Lines lines;
  private final Display display;
  private final Tally tally = new Tally();
  private final Thread painter;
  private boolean closed;

  LiveProgress(PrintStream out, Terminal terminal, Lines lines) {
    this.out = out;
    this.terminal = terminal;
    this.lines = lines;
    display = new Display(terminal, false);
    painter = Thread.ofPlatform().daemon().name("progress").start(this::paint);
  }

  @Override
  public void show(JournalEntry entry) {
    tally.count(entry.event());
    List<String> staying = lines.of(entry.event());
    if (!staying.isEmpty()) {
      above(staying);
    }
  }

  @Override
  public void close() {
    painter.interrupt();
    synchronized (this) {
      onScreen(this::clear);
      closed = true;
    }
  }

  /** {@code 12 of 50 devices done, 3 running, 1 failed, 0 unreachable, 0:12}. */
  static String headline(Tally.Figures now) {
    return now.done()
        + " of "
        + Lines.plural(now.devices(), "device")
        + " done, "
        + now.running()
        + " running, "
        + now.failed()
        + " failed, "
        + now.unreachable()
        + " unreachable, "
        + Lines.time(now.elapsed());
  }

  private void paint() {
    try {
      while (true) {
        synchronized (this) {
          if (closed) {
            return;
          }
          onScreen(this::draw);
        }
        Thread.sleep(FRAME);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Lines that stay go past the terminal library: they must come even when it has closed.
  private synchronized void above(List<String> text) {
    onScreen(this::clear);
    text.forEach(out::println);
    out.flush();
    onScreen(this::draw);
  }

  // On Ctrl-C the library closes its terminal at once, while steps still run to their end.
  private void onScreen(Runnable drawing) {
    if (closed) {
      return;
    }
    try {
      drawing.run();
    } catch (IllegalStateException terminalClosed) {
      closed = true;
    }
  }

  private void clear() {
    display.update(List.of(), 0);
    terminal.flush();
  }

  private void draw() {
    Size size = terminal.getSize();
    int width = Math.max(size.getColumns(), 20);
    display.resize(Size.of(width, Math.max(size.getRows(), 5)));
    List<AttributedString> screen = new ArrayList<>();
    screen.add(fitted(headline(tally.figures()), width));
    for (Tally.Running device : tally.slowest(SLOWEST)) {
      screen.add(
          fitted(
              "  " + device.device() + "  " + device.task() + "  " + Lines.time(device.since()),
              width));
    }
    display.update(screen, -1);
    terminal.flush();
  }

  private static AttributedString fitted(String text, int width) {
    return new AttributedString(text.length() >= width ? text.substring(0, width - 1) : text);
  }
}
