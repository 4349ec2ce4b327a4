package dev.edgefleet.cli;

import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.progress.FollowUpCommand;
import dev.edgefleet.progress.RolloutLines;
import dev.edgefleet.run.ControlDirectory;
import dev.edgefleet.run.Operator;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.recorded.RunJournal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edgefleet approve}. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets a run go on that waits for approval after a wave. Who approved, when and with what note is in its record."
    },
    footer = {"", "Example:", "  edgefleet approve last --note \"canary looked at, CHG-4711\""})
final class ApproveCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Mixin private NoteOption note = new NoteOption();

  @Override
  public Integer call() {
    RunDirectory directory = options.directory().own();
    RunFold state = RunJournal.counted(directory);
    RunEvent.ApprovalAsked asked =
        state
            .approval()
            .filter(_ -> state.ended().isEmpty())
            .orElseThrow(
                () ->
                    new BadInput(
                        "run " + directory.id() + " does not wait for approval",
                        state.ended().isPresent()
                            ? "it is over: " + FollowUpCommand.command("show", directory.path())
                            : "see where it stands: "
                                + FollowUpCommand.command("show", directory.path())));
    ControlDirectory control = ControlDirectory.of(directory);
    control
        .unheard(asked)
        .ifPresent(
            word -> {
              throw new BadInput(
                  word.operator() + " has approved it already" + RolloutLines.note(word.note()),
                  RunLock.isHeld(directory.path())
                      ? "the run hears of it within seconds"
                      : "go on with: " + FollowUpCommand.resume(directory.path(), state.held()));
            });
    control.say(
        new OperatorCommands.Command.Approve(
            asked.play(), asked.wave(), Operator.name(), note.text()));
    System.out.println("approved: " + asked.next() + " may begin");
    if (!RunLock.isHeld(directory.path())) {
      System.out.println(
          "nobody is at work on it; go on with: "
              + FollowUpCommand.resume(directory.path(), state.held()));
    }
    return 0;
  }
}
