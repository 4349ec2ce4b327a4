package dev.edgefleet.edge.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds in the daemon's log why it did not start. */
public final class DaemonLog {
  private static final String NOT_STARTED = "The daemon could not start up successfully: ";
  private static final String CAUSED_BY = "caused by: ";

  private DaemonLog() {}

  /** The reason it gave last, its causes joined by colons; empty when the log has none. */
  public static Optional<String> cause(String log) {
    List<String> reasons = new ArrayList<>();
    for (String line : log.lines().toList()) {
      int start = line.indexOf(NOT_STARTED);
      int cause = line.indexOf(CAUSED_BY);
      if (start >= 0) {
        reasons.clear();
        reasons.add(line.substring(start + NOT_STARTED.length()).strip());
      } else if (cause >= 0) {
        reasons.add(line.substring(cause + CAUSED_BY.length()).strip());
      }
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join(": ", reasons));
  }
}
