package dev.edgefleet.edge.windows;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.edge.WindowsEdgeState;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.RunCmdlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code iotedge_uninstall}: takes IoT Edge off a Windows device, with Uninstall-IoTEdge. */
public final class IotedgeUninstallAction implements Action<IotedgeUninstallAction.Parameters> {
  private static final String CMDLET = "Uninstall-IoTEdge";

  /** Parameters of {@code iotedge_uninstall}. */
  public record Parameters(
      @Param("IotEdgeSecurityDaemon.ps1 on the controller; without it what iotedge_install left.")
          Optional<String> script,
      @Param(value = "Restart the device when that is needed.", byDefault = "false") boolean reboot,
      @Param(value = "How long a restart may take.", byDefault = "20m") Duration rebootTimeout) {}

  @Override
  public String name() {
    return "iotedge_uninstall";
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
    return Documentation.of("Takes IoT Edge off a Windows device, with Uninstall-IoTEdge -Force.")
        .note(
            "Its modules, configuration and container engine go with it. Identity files in"
                + " edgefleet's own directory stay.")
        .note("For Windows devices; on Linux remove the package with tasks of your own.")
        .example("Whatever is left of it", "- iotedge_uninstall:\n")
        .returning("reboot_required", "truth", "whether the device waits for a restart");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    boolean begun = Cmdlets.begun(CMDLET, context);
    WindowsEdgeState.State state = context.perform(new WindowsEdgeState(false));
    if (!begun
        && !state.installed()
        && state.mobyService().equals("absent")
        && state.config().isEmpty()) {
      return Outcome.ok("not installed").withValues(Map.of("reboot_required", false));
    }
    Preflight.session(state);
    if (context.check()) {
      return Outcome.changed("would run " + CMDLET);
    }
    List<String> done = new ArrayList<>();
    String load = SetupScript.load(wanted.script(), context, done);
    CmdletResult result =
        Cmdlets.callAsJob(
            new RunCmdlet(CMDLET, load, List.of(CmdletArgument.flag("Force")), true), context);
    done.add("uninstalled IoT Edge");
    boolean due = result.restartWanted();
    if (due && wanted.reboot()) {
      done.add(Restart.of(wanted.rebootTimeout(), context));
      due = false;
    }
    if (!due && context.perform(new WindowsEdgeState(false)).installed()) {
      throw new StepFailed(
          CMDLET + " ended without an error, and the service iotedge is still there",
          CmdletFailure.shown(result));
    }
    return Outcome.of(done, "")
        .withValues(Map.of("reboot_required", due))
        .withReported(Map.of("ran", result.line()))
        .withOutput(CmdletFailure.shown(result));
  }
}
