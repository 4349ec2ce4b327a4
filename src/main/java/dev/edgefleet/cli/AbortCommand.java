package dev.edgefleet.cli;

import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.journal.resume.ResumeStore;
import dev.edgefleet.run.AnswersFile;
import dev.edgefleet.run.ControlDirectory;
import dev.edgefleet.run.FrozenFiles;
import dev.edgefleet.run.Operator;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.RunSession;
import dev.edgefleet.run.recorded.RecordCheck;
import dev.edgefleet.run.recorded.RunJournal;
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
    footer = {"", "Example:", "  edgefleet abort last --note \"wrong certificate directory\""})
final class AbortCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Mixin private NoteOption note = new NoteOption();

  @Override
  public Integer call() {
    RunDirectory directory = options.directory().own();
    if (RunJournal.counted(directory).ended().isPresent()) {
      throw new BadInput("run " + directory.id() + " is over", "there is nothing to abort");
    }
    if (RunLock.isHeld(directory.path())) {
      ControlDirectory.of(directory)
          .say(new OperatorCommands.Command.Abort(Operator.name(), note.text()));
      System.out.println("run " + directory.id() + " ends once the devices at work are through");
      return 0;
    }
    RecordCheck.requireOwn(directory);
    RunLock lock = RunLock.take(directory.path());
    try (SqliteJournal journal = SqliteJournal.reopen(directory.path(), Keyring.ofUser())) {
      journal.append(new RunEvent.RunAborted(Operator.name(), note.text()));
      journal.append(
          new RunEvent.RunEnded(ExitCode.STOPPED.number(), Optional.of("aborted by the operator")));
    } finally {
      lock.close();
    }
    ResumeStore.delete(directory.path());
    FrozenFiles.delete(directory);
    AnswersFile.delete(directory.path());
    System.out.println("run " + directory.id() + " is over");
    return RunSession.written(RunJournal.report(directory), directory)
        ? 0
        : ExitCode.INTERNAL_ERROR.number();
  }
}
