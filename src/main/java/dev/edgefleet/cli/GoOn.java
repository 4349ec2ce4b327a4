package dev.edgefleet.cli;

import dev.edgefleet.journal.RunEvent.RunStarted;
import java.util.List;
import java.util.Optional;

/** Commands that the operator can paste to go on with a run. */
final class GoOn {
  private static final String RUNS = "--runs";

  private GoOn() {}

  /** {@code edgefleet approve 20261124-101500-1f2e}, with {@code --runs} when the run had it. */
  static String command(String verb, Optional<RunStarted> run) {
    return run.map(started -> "edgefleet " + verb + " " + started.run() + runs(started.command()))
        .orElse("edgefleet " + verb + " RUN");
  }

  private static String runs(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(RUNS) && i + 1 < words.size()) {
        return " " + RUNS + " " + words.get(i + 1);
      }
      if (word.startsWith(RUNS + "=")) {
        return " " + word;
      }
    }
    return "";
  }
}
