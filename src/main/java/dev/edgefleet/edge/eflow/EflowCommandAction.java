package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.windows.Windows;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.program.CmdletResult;
import java.util.Map;

/** {@code eflow_command}: runs a command in an EFLOW machine. */
public final class EflowCommandAction implements Action<EflowCommandAction.Parameters> {
  /** Parameters of {@code eflow_command}. */
  public record Parameters(
      @Param(value = "What the machine's shell runs; shows in process lists.", freeForm = true)
          String cmd) {}

  @Override
  public String name() {
    return "eflow_command";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public LinuxSupport onLinux() {
    return new LinuxSupport.None();
  }

  @Override
  public Documentation documentation() {
    return Documentation.of(
            "Runs a command in the machine of IoT Edge for Linux on Windows, with"
                + " Invoke-EflowVmCommand.")
        .note("Counts as changed on each run unless changed_when says otherwise.")
        .note("Programs that need root want sudo in front.")
        .example(
            "What IoT Edge thinks of itself",
            """
            - eflow_command: sudo iotedge check
              changed_when: false
              register: checked
            """)
        .returning("stdout", "text", "what it printed");
  }

  @Override
  public boolean repeatable(Parameters parameters) {
    return false;
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    if (context.check()) {
      return Outcome.skipped("a check run runs no program");
    }
    Eflow.deployed(context);
    CmdletResult result = CmdletResult.of(context.perform(Eflow.inVm(wanted.cmd())));
    Outcome outcome =
        result.ok()
            ? Outcome.changed("ran " + wanted.cmd())
            : Outcome.failed(wanted.cmd() + " failed in the machine", "see what it printed");
    return outcome
        .withValues(Map.of("stdout", result.output().stripTrailing()))
        .withOutput(result.text());
  }
}
