package dev.edgefleet.cli;

import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.journal.RunLock;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.run.ControlDirectory;
import dev.edgefleet.run.Operator;
import dev.edgefleet.run.RequestFile;
import dev.edgefleet.run.Resumption;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.run.TypedCommandLine;
import dev.edgefleet.run.recorded.RunJournal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code edgefleet resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Goes on with a run that waits, was interrupted or cut off: nothing that was done is done again.",
      "A run that is at work and paused starts devices again."
    },
    footer = {
      "",
      "Examples:",
      "  The newest run, wherever it stopped:",
      "    edgefleet resume last",
      "  press-01's step was in doubt; it was looked at, and the step had been done:",
      "    edgefleet resume last --done press-01",
      "  From a timer: carries on when the soak is over or somebody approved, else exits 6:",
      "    edgefleet resume 20261124-083000-1f2e --detach-at-gate",
      "",
      "Exit codes are those of 'edgefleet run'; 6 when the run still has to wait."
    })
final class ResumeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      description = "Its id, the beginning of it, or last for the newest one.")
  private String run = "";

  @Option(
      names = "--done",
      paramLabel = "PATTERN",
      description = "On these devices the step in doubt was done: go on after it.")
  private @Nullable String done;

  @Option(
      names = "--repeat",
      paramLabel = "PATTERN",
      description = "On these devices do the step in doubt again.")
  private @Nullable String repeat;

  @Option(
      names = "--accept-changes",
      description = "Go on though files have changed since the run used them.")
  private boolean acceptChanges;

  @Option(
      names = "--break-lock",
      description = "Take over devices that another run holds, as when that run is given up.")
  private boolean breakLock;

  @Option(
      names = "--detach-at-gate",
      description = "Where the run has to wait (soak, approval), end with exit code 6.")
  private boolean detach;

  @Option(
      names = "--auto-approve",
      description = "Approve everything that the playbook wants approved; it is recorded as yours.")
  private boolean approve;

  @Mixin private OutputOptions output = new OutputOptions();

  @ParentCommand private Edgefleet program = new Edgefleet();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    RunDirectory directory = RunDirectory.find(output.runs(), run).own();
    if (RunLock.isHeld(directory.path())) {
      return unpaused(directory);
    }
    RequestFile request = RequestFile.read(directory, Keyring.ofUser().store());
    return RecordedCommandLine.runCommand(program, request)
        .resume(
            directory,
            new Resumption(
                words(),
                Optional.ofNullable(done).map(HostPattern::new),
                Optional.ofNullable(repeat).map(HostPattern::new),
                acceptChanges,
                breakLock,
                detach,
                approve),
            output,
            request.words());
  }

  private static int unpaused(RunDirectory directory) {
    if (RunJournal.counted(directory).paused().isEmpty()) {
      throw new BadInput(
          "run " + directory.id() + " is at work",
          "look at it: edgefleet follow " + directory.id());
    }
    ControlDirectory.of(directory).say(new OperatorCommands.Command.Continue(Operator.name()));
    System.out.println("run " + directory.id() + " starts devices again");
    return 0;
  }

  private TypedCommandLine words() {
    List<String> typed =
        spec == null
            ? List.of()
            : List.copyOf(spec.root().commandLine().getParseResult().originalArgs());
    return TypedCommandLine.of(typed.toArray(String[]::new));
  }
}
