package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reading many runs: one that cannot be read is told and left out. */
public final class RunHistory {
  private RunHistory() {}

  /** What the function makes of each run that can be read, in the same order. */
  public static <T> List<T> each(
      List<RunDirectory> directories, Function<RunDirectory, T> read, PrintStream err) {
    List<T> all = new ArrayList<>();
    Messages messages = new Messages(err, Style.automatic());
    for (RunDirectory directory : directories) {
      try {
        all.add(read.apply(directory));
      } catch (JournalFailed e) {
        // An earlier version left such behind when it was killed while it started.
        if (directory.neverBegan()) {
          continue;
        }
        messages.warning("left out: " + TerminalText.line(String.valueOf(e.getMessage())));
      }
    }
    return all;
  }
}
