package dev.edgefleet.run;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.Program;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.program.RunShell;
import java.util.List;
import java.util.Map;

/**
 * The command of {@code edgefleet exec}, word for word: no Jinja in it is evaluated, for {@code
 * docker ps --format '{{.Names}}'} is meant as it stands. All that it prints is recorded.
 */
public record ExecAction(List<String> words) implements Action<ExecAction.Parameters> {
  /** There are none: the words come from the command line. */
  public record Parameters() {}

  @Override
  public String name() {
    return "exec";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Runs the command of the command line.");
  }

  // One word with spaces in it is meant for the device's shell.
  private boolean forShell() {
    return words.size() == 1 && words.getFirst().contains(" ");
  }

  private Program program(ActionContext context) {
    String first = words.getFirst();
    if (!forShell()) {
      return RunProgram.of(words.toArray(String[]::new));
    }
    return context.onWindows()
        ? new RunShell(first, "powershell", new byte[0], Execution.PLAIN)
        : RunProgram.of("/bin/sh", "-c", first);
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    CommandOutput ran = context.perform(program(context));
    String what = forShell() ? "the shell line" : "'" + words.getFirst() + "'";
    Outcome outcome =
        ran.exitCode() == 0
            ? Outcome.changed("ran " + what)
            : Outcome.failed(
                what + " ended with exit code " + ran.exitCode(),
                ran.exitCode() == 127 ? "is it installed, and on PATH?" : "see what it printed");
    return outcome
        .withReported(Map.of("rc", ran.exitCode(), "stdout", ran.stdout(), "stderr", ran.stderr()))
        .withOutput(ran.stdout() + ran.stderr());
  }
}
