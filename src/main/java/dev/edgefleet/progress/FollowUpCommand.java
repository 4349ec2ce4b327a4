package dev.edgefleet.progress;

import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.terminal.TerminalText;
import dev.edgefleet.text.ShellQuoting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Commands that the operator can paste to go on with a run. */
public final class FollowUpCommand {
  /** The directory of runs where nobody named another. */
  public static final String RUNS = "runs";

  private static final int MOST_NAMES = 8;
  private static final String OPTION = "--runs";

  private FollowUpCommand() {}

  /** {@code edgefleet approve 20261124-101500-1f2e}, with {@code --runs} when the run had it. */
  public static String command(String verb, Optional<RunStarted> run) {
    return run.map(started -> "edgefleet " + verb + " " + started.run() + runs(started.command()))
        .orElse("edgefleet " + verb + " RUN");
  }

  /**
   * What goes on with a run that nobody is at work on. Where steps are in doubt somebody has to say
   * what became of them.
   */
  public static String resume(Optional<RunStarted> run, List<DeviceHeld> held) {
    return command("resume", run) + decision(held);
  }

  /**
   * As {@link #resume(Optional, List)}, for who named the directory of runs just now.
   *
   * @param run the run's own directory
   */
  public static String resume(Path run, List<DeviceHeld> held) {
    return command("resume", run) + decision(held);
  }

  private static String decision(List<DeviceHeld> devices) {
    List<String> held = devices.stream().map(device -> device.step().device()).toList();
    if (held.isEmpty()) {
      return "";
    }
    String names =
        held.size() <= MOST_NAMES
            ? ShellQuoting.typed(TerminalText.line(String.join(",", held)))
            : "PATTERN";
    return " --done " + names;
  }

  /**
   * As {@link #command(String, Optional)}, for who named the directory of runs just now.
   *
   * @param run the run's own directory
   */
  public static String command(String verb, Path run) {
    Path runs = run.resolveSibling("");
    return "edgefleet "
        + verb
        + " "
        + run.getFileName()
        + (runs.toString().equals(RUNS)
            ? ""
            : " " + OPTION + " " + ShellQuoting.typed(runs.toString()));
  }

  /** Whether this began a demo, which ends with its process and cannot be gone on with. */
  public static boolean isDemo(List<String> command) {
    return command.size() > 1 && command.get(1).equals("demo");
  }

  /** {@code " --runs DIR"} when the command line has it, else nothing. */
  public static String runs(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(OPTION) && i + 1 < words.size()) {
        return " " + OPTION + " " + ShellQuoting.typed(words.get(i + 1));
      }
      if (word.startsWith(OPTION + "=")) {
        return " " + OPTION + " " + ShellQuoting.typed(word.substring(OPTION.length() + 1));
      }
    }
    return "";
  }
}
