package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.CmdletArgument;
import dev.edgefleet.remote.CmdletResult;
import dev.edgefleet.remote.LookAtEflow;
import dev.edgefleet.remote.RunCmdlet;
import java.util.List;

/** The virtual machine of IoT Edge for Linux on Windows, by its cmdlets. */
final class Eflow {
  private Eflow() {}

  static LookAtEflow.State look(ActionContext context) {
    return context.perform(new LookAtEflow());
  }

  /**
   * @throws StepFailed when there is no machine, or nobody can say anything of it
   */
  static LookAtEflow.State deployed(ActionContext context) {
    LookAtEflow.State state = look(context);
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
  static LookAtEflow.State answering(LookAtEflow.State state) {
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
    return new RunCmdlet(name, WindowsFolders.EFLOW_MODULE, arguments, false);
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
