package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.edge.windows.CmdletFailure;
import dev.edgefleet.edge.windows.Cmdlets;
import dev.edgefleet.edge.windows.WindowsDirectories;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.edge.EflowState;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.RunCmdlet;
import java.util.List;

/** The virtual machine of IoT Edge for Linux on Windows, by its cmdlets. */
final class Eflow {
  private Eflow() {}

  static EflowState.State look(ActionContext context) {
    return context.perform(new EflowState());
  }

  /**
   * @throws StepFailed when there is no machine, or nobody can say anything of it
   */
  static EflowState.State deployed(ActionContext context) {
    EflowState.State state = look(context);
    if (!state.module()) {
      throw new StepFailed(
          "IoT Edge for Linux on Windows is not installed on the device",
          "run eflow_install before this task");
    }
    if (!state.deployed()) {
      throw new StepFailed(
          "the device has no EFLOW virtual machine", "run eflow_install before this task");
    }
    return answering(state);
  }

  /**
   * @throws StepFailed when nobody can say anything of the machine
   */
  static EflowState.State answering(EflowState.State state) {
    if (state.silent()) {
      throw new StepFailed(
          "the EFLOW virtual machine does not answer"
              + (state.vmState().isEmpty() ? "" : ": it is " + state.vmState()),
          "log in as the account that made it, to whom it belongs; when it is that one, see"
              + " Get-EflowVm on the device");
    }
    return state;
  }

  static RunCmdlet cmdlet(String name, List<CmdletArgument> arguments) {
    return new RunCmdlet(name, WindowsDirectories.EFLOW_MODULE, arguments, false);
  }

  /** A command in the machine. */
  static RunCmdlet inVm(String command) {
    return cmdlet("Invoke-EflowVmCommand", List.of(CmdletArgument.text("command", command)));
  }

  /** What a command that only looks prints; its failing is a result. */
  static CmdletResult lookInVm(String command, ActionContext context) {
    return Cmdlets.look(inVm(command), context);
  }

  /**
   * @throws StepFailed when a cmdlet that returns OK did not
   */
  static void requireOk(String cmdlet, CmdletResult result) {
    boolean ok = result.output().lines().map(String::strip).anyMatch("OK"::equals);
    if (!ok) {
      throw CmdletFailure.of(cmdlet, result);
    }
  }
}
