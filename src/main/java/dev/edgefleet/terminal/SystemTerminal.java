package dev.edgefleet.terminal;

import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The terminal that is drawn on: opened once, when something first asks for it. */
public final class SystemTerminal {
  /** More columns than any line has: files and pipes take lines of any length. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final int LEAST = 20;
  private static @Nullable Terminal opened;
  private static int known = UNBOUNDED;

  private SystemTerminal() {}

  /** Empty where input or output goes elsewhere, or it cannot be driven. */
  public static synchronized Optional<Terminal> get() {
    if (opened == null && Interactive.console().isPresent()) {
      try {
        opened = TerminalBuilder.builder().system(true).build();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(opened);
  }

  /** How many columns there are to print in; {@link #UNBOUNDED} without a terminal. */
  public static synchronized int columns() {
    get().ifPresent(SystemTerminal::measure);
    return known;
  }

  // After Ctrl-C the library has closed its terminal, which is as wide as before.
  private static void measure(Terminal terminal) {
    try {
      int columns = terminal.getSize().getColumns();
      known = columns < LEAST ? UNBOUNDED : columns;
    } catch (IllegalStateException closed) {
      return;
    }
  }
}
