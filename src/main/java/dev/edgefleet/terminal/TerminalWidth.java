package dev.edgefleet.terminal;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How many columns there are to print in. */
public final class TerminalWidth {
  private static final int LEAST = 20;

  private TerminalWidth() {}

  /** No bound where standard output is no terminal: files and pipes take lines of any length. */
  public static int columns() {
    if (Interactive.console().isEmpty()) {
      return Integer.MAX_VALUE;
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      int columns = terminal.getWidth();
      return columns < LEAST ? Integer.MAX_VALUE : columns;
    } catch (IOException unknown) {
      return Integer.MAX_VALUE;
    }
  }
}
