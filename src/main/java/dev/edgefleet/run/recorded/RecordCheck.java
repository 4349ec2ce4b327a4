package dev.edgefleet.run.recorded;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.KnownRecord;
import dev.edgefleet.journal.audit.Verdict;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.run.RunDirectory;
import java.util.Optional;

/** Whether what stands in a run's directory is the record of that run. */
public final class RecordCheck {
  /** Exit code when something is not what was written. */
  private RecordCheck() {}

  /** One sentence on the first thing that is not what was written. */
  public static Optional<String> mistake(RunDirectory directory) {
    Verdict verdict =
        RunJournal.reading(
            directory.path(),
            () -> AuditTrail.check(directory.path(), KnownRecord.ofRun(directory.id())));
    return verdict instanceof Verdict.Broken broken
        ? Optional.of(
            "the record of run "
                + directory.id()
                + " is not what was written: "
                + broken.findings().getFirst().what())
        : Optional.empty();
  }

  public static String remedy(RunDirectory directory) {
    return "all that is wrong with it: " + FollowUpCommand.command("verify", directory.path());
  }

  /**
   * To go on with a run its own beginning has to be there.
   *
   * @throws BadInput when it is not
   */
  public static void requireOwn(RunDirectory directory) {
    if (JournalReader.isEmpty(directory.path())) {
      throw new BadInput(
          "run " + directory.id() + " never began: its journal holds no record",
          "remove its directory " + directory.path() + ", or put back what was taken out of it");
    }
    String run = JournalReader.run(directory.path());
    if (!run.equals(directory.id())) {
      throw new BadInput(
          run.isEmpty()
              ? "the journal of run " + directory.id() + " does not have its beginning"
              : "the journal in the directory of run " + directory.id() + " is that of run " + run,
          "see what was done to it: " + FollowUpCommand.command("verify", directory.path()));
    }
  }
}
