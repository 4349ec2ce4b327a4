package dev.edgefleet.cli;

import dev.edgefleet.engine.OperatorWords;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.KeptStore;
import dev.edgefleet.journal.Keyring;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.SqliteJournal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edgefleet abort}. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ends a run for good: what is at work goes on to its end, nothing else begins.",
      "A run that nobody is at work on ends at once. What is left can be done with a new run."
    },
    footer = {"", "Example:", "  edgefleet abort last --note \"wrong certificate folder\""})
final class AbortCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  private static final int STOPPED = 5;
  private static final int INTERNAL_ERROR = 1;

  @Mixin private NoteOption note = new NoteOption();

  @Override
  public Integer call() {
    RunFolder folder = options.folder();
    if (RunStanding.of(folder).over()) {
      throw new BadInput("run " + folder.id() + " is over", "there is nothing to abort");
    }
    if (RunLock.isHeld(folder.path())) {
      ControlFolder.of(folder).say(new OperatorWords.Word.Abort(Operator.name(), note.text()));
      System.out.println("run " + folder.id() + " ends once the devices at work are through");
      return 0;
    }
    RecordCheck.requireOwn(folder);
    RunLock lock = RunLock.take(folder.path());
    try (SqliteJournal journal = SqliteJournal.reopen(folder.path(), Keyring.ofUser())) {
      journal.append(new RunEvent.RunAborted(Operator.name(), note.text()));
      journal.append(new RunEvent.RunEnded(STOPPED, Optional.of("aborted by the operator")));
    } finally {
      lock.close();
    }
    KeptStore.delete(folder.path());
    FrozenFiles.delete(folder);
    System.out.println("run " + folder.id() + " is over");
    return RunSession.written(RunJournal.report(folder), folder) ? 0 : INTERNAL_ERROR;
  }
}
