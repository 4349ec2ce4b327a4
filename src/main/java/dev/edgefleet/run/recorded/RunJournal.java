package dev.edgefleet.run.recorded;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.report.build.RunReports;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.run.RunDirectory;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reading the journal of a run of the past, for commands that cannot do without it. */
public final class RunJournal {
  private RunJournal() {}

  /**
   * @throws BadInput when it cannot be read
   */
  public static RunReport report(RunDirectory folder) {
    return reading(folder.path(), () -> RunReports.of(whole(folder)));
  }

  /**
   * The run as its whole journal tells it, with every step.
   *
   * @throws BadInput when it cannot be read
   */
  static RunFold whole(RunDirectory folder) {
    return folded(folder, RunFold.whole());
  }

  /**
   * The run as its whole journal tells it, without its steps.
   *
   * @throws BadInput when it cannot be read
   */
  public static RunFold counted(RunDirectory folder) {
    return folded(folder, RunFold.counting());
  }

  private static RunFold folded(RunDirectory folder, RunFold run) {
    return reading(
        folder.path(),
        () -> {
          try (Stream<JournalEntry> entries = JournalReader.stream(folder.path())) {
            entries.forEachOrdered(run::add);
          }
          return run;
        });
  }

  /** With what fails turned into an error that says what to do next. */
  public static <T> T reading(Path runFolder, Supplier<T> read) {
    try {
      return read.get();
    } catch (JournalFailed e) {
      throw unreadable(runFolder, e);
    }
  }

  static BadInput unreadable(Path runFolder, Exception e) {
    return new BadInput(
        "the run in " + runFolder + " cannot be read: " + e.getMessage(),
        "see whether you may read that folder, and whether its files are whole");
  }
}
