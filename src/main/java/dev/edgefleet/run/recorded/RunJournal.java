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
  public static RunReport report(RunDirectory directory) {
    return reading(directory.path(), () -> RunReports.of(whole(directory)));
  }

  /**
   * The run as its whole journal tells it, with every step.
   *
   * @throws BadInput when it cannot be read
   */
  public static RunFold whole(RunDirectory directory) {
    return folded(directory, RunFold.whole());
  }

  /**
   * The run as its whole journal tells it, without its steps.
   *
   * @throws BadInput when it cannot be read
   */
  public static RunFold counted(RunDirectory directory) {
    return folded(directory, RunFold.counting());
  }

  private static RunFold folded(RunDirectory directory, RunFold run) {
    return reading(
        directory.path(),
        () -> {
          try (Stream<JournalEntry> entries = JournalReader.stream(directory.path())) {
            entries.forEachOrdered(run::add);
          }
          return run;
        });
  }

  /** With what fails turned into an error that says what to do next. */
  public static <T> T reading(Path runDirectory, Supplier<T> read) {
    try {
      return read.get();
    } catch (JournalFailed e) {
      throw unreadable(runDirectory, e);
    }
  }

  static BadInput unreadable(Path runDirectory, Exception e) {
    return new BadInput(
        "the run in " + runDirectory + " cannot be read: " + e.getMessage(),
        "see whether you may read that directory, and whether its files are whole");
  }
}
