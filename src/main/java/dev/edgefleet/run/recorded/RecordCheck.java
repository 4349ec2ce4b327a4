package dev.edgefleet.run.recorded;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.KnownRecord;
import dev.edgefleet.journal.audit.Verdict;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.run.RunDirectory;
import java.util.Optional;

/** Whether what stands in a run's folder is the record of that run. */
public final class RecordCheck {
  /** Exit code when something is not what was written. */
  private RecordCheck() {}

  /** One sentence on the first thing that is not what was written. */
  public static Optional<String> mistake(RunDirectory folder) {
    Verdict verdict =
        RunJournal.reading(
            folder.path(), () -> AuditTrail.check(folder.path(), KnownRecord.ofRun(folder.id())));
    return verdict instanceof Verdict.Broken broken
        ? Optional.of(
            "the record of run "
                + folder.id()
                + " is not what was written: "
                + broken.findings().getFirst().what())
        : Optional.empty();
  }

  public static String remedy(RunDirectory folder) {
    return "all that is wrong with it: " + FollowUpCommand.command("verify", folder.path());
  }

  /**
   * To go on with a run its own beginning has to be there.
   *
   * @throws BadInput when it is not
   */
  public static void requireOwn(RunDirectory folder) {
    if (JournalReader.isEmpty(folder.path())) {
      throw new BadInput(
          "run " + folder.id() + " never began: its journal holds no record",
          "remove its folder " + folder.path() + ", or put back what was taken out of it");
    }
    String run = JournalReader.run(folder.path());
    if (!run.equals(folder.id())) {
      throw new BadInput(
          run.isEmpty()
              ? "the journal of run " + folder.id() + " does not have its beginning"
              : "the journal in the folder of run " + folder.id() + " is that of run " + run,
          "see what was done to it: " + FollowUpCommand.command("verify", folder.path()));
    }
  }
}
