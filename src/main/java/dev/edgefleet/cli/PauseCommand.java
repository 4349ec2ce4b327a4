package dev.edgefleet.cli;

import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.run.ControlDirectory;
import dev.edgefleet.run.Operator;
import dev.edgefleet.run.RunDirectory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edgefleet pause}. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has a run that is at work start no more devices; those at work go on to their end.",
      "'edgefleet resume' has it start devices again."
    },
    footer = {"", "Example:", "  edgefleet pause last --note \"line 4 is changing shifts\""})
final class PauseCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Mixin private NoteOption note = new NoteOption();

  @Override
  public Integer call() {
    RunDirectory directory = options.directory().own();
    if (!RunLock.isHeld(directory.path())) {
      throw new BadInput(
          "nobody is at work on run " + directory.id() + ": there is nothing to pause",
          "see where it stands: " + FollowUpCommand.command("show", directory.path()));
    }
    ControlDirectory.of(directory)
        .say(new OperatorCommands.Command.Pause(Operator.name(), note.text()));
    System.out.println(
        "run "
            + directory.id()
            + " starts no more devices; go on with: "
            + FollowUpCommand.command("resume", directory.path()));
    return 0;
  }
}
