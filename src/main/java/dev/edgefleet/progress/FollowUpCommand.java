package dev.edgefleet.progress;

import dev.edgefleet.cli.OutputOptions;
import dev.edgefleet.run.RunDirectory;


import dev.edgefleet.journal.RunEvent.RunStarted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Commands that the operator can paste to go on with a run. */
public final class FollowUpCommand {
  private static final String RUNS = "--runs";

  private FollowUpCommand() {}

  /** {@code edgefleet approve 20261124-101500-1f2e}, with {@code --runs} when the run had it. */
  public static String command(String verb, Optional<RunStarted> run) {
    return run.map(started -> "edgefleet " + verb + " " + started.run() + runs(started.command()))
        .orElse("edgefleet " + verb + " RUN");
  }

  /** As {@link #command(String, Optional)}, for who named the folder of runs just now. */
  public static String command(String verb, RunDirectory run) {
    Path runs = run.path().resolveSibling("");
    return "edgefleet "
        + verb
        + " "
        + run.id()
        + (runs.toString().equals(OutputOptions.RUNS)
            ? ""
            : " " + RUNS + " " + quoted(runs.toString()));
  }

  /** Whether this began a demo, which ends with its process and cannot be gone on with. */
  public static boolean isDemo(List<String> command) {
    return command.size() > 1 && command.get(1).equals("demo");
  }

  /** {@code " --runs DIR"} when the command line has it, else nothing. */
  public static String runs(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(RUNS) && i + 1 < words.size()) {
        return " " + RUNS + " " + quoted(words.get(i + 1));
      }
      if (word.startsWith(RUNS + "=")) {
        return " " + RUNS + " " + quoted(word.substring(RUNS.length() + 1));
      }
    }
    return "";
  }

  // For a shell to read.
  private static String quoted(String word) {
    return word.matches("[\\w./:@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
