package dev.edgefleet.terminal;

import java.io.Console;
import java.util.Optional;

/** The terminal in front of the operator, when there is one. */
public final class Interactive {
  private Interactive() {}

  /** Empty when standard input or output goes elsewhere; System.console() may be null in JDK 25. */
  public static Optional<Console> console() {
    FirstLine.end();
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
