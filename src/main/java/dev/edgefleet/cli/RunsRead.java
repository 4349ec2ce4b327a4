package dev.edgefleet.cli;

import dev.edgefleet.journal.JournalFailed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reading many runs: one that cannot be read is told and left out. */
final class RunsRead {
  private RunsRead() {}

  /** What the function makes of each run that can be read, in the same order. */
  static <T> List<T> each(List<RunFolder> folders, Function<RunFolder, T> read, PrintStream err) {
    List<T> all = new ArrayList<>();
    Messages messages = new Messages(err, Style.automatic());
    for (RunFolder folder : folders) {
      try {
        all.add(read.apply(folder));
      } catch (JournalFailed e) {
        messages.warning("left out: " + Harmless.line(String.valueOf(e.getMessage())));
      }
    }
    return all;
  }
}
