package dev.edgefleet.edge.windows;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.edge.WindowsEdgeState;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.RunCmdlet;
import dev.edgefleet.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code iotedge_install}: installs IoT Edge 1.1 on a Windows device with Deploy-IoTEdge. */
public final class IotedgeInstallAction implements Action<IotedgeInstallAction.Parameters> {
  private static final String CMDLET = "Deploy-IoTEdge";

  /** Parameters of {@code iotedge_install}. */
  public record Parameters(
      @Param(
              "Directory on the controller with the cab, IotEdgeSecurityDaemon.ps1 and, for a device"
                  + " without the VC runtime, vc_redist.x64.exe. Without it the device downloads.")
          Optional<String> offline,
      @Param("IotEdgeSecurityDaemon.ps1 on the controller; without it Microsoft's address.")
          Optional<String> script,
      @Param("Address of an HTTP proxy for the downloads.") Optional<String> proxy,
      @Param(
              value = "What containers the device runs.",
              byDefault = "Windows",
              choices = {"Windows", "Linux"})
          String containerOs,
      @Param(value = "Install also on a device with a battery.", byDefault = "false")
          boolean skipBatteryCheck,
      @Param(value = "Restart the device when that is needed, and go on.", byDefault = "false")
          boolean reboot,
      @Param(value = "How long a restart may take.", byDefault = "20m") Duration rebootTimeout) {
    public Parameters {
      if (offline.isPresent() && script.isPresent()) {
        throw new BadInput(
            "'offline' and 'script' exclude each other",
            "put the script into the offline directory");
      }
    }
  }

  @Override
  public String name() {
    return "iotedge_install";
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
    return Documentation.of("Installs IoT Edge 1.1 on a Windows device, with Deploy-IoTEdge.")
        .note(
            "Looks first: the Windows build, 64-bit PowerShell with administrator's rights, a"
                + " battery, a half installation, the offline directory's files. A device that has IoT"
                + " Edge is left alone.")
        .note(
            "Deploy-IoTEdge runs as a scheduled task of SYSTEM, so a lost connection does not end"
                + " it; a resumed run asks for its receipt.")
        .note(
            "Give the task a timeout of half an hour or more: what still runs at its end is ended"
                + " in the middle.")
        .note(
            "Without reboot: true a device that needs a restart is reported as such, with"
                + " reboot_required.")
        .note(
            "For Windows devices. On Linux, install the package with tasks of your own; for IoT"
                + " Edge for Linux on Windows see eflow_install.")
        .example(
            "From a directory of the controller, restarting when needed",
            """
            - iotedge_install:
                offline: packages/iotedge-1.1.19
                reboot: true
              timeout: 3600
            """)
        .returning("version", "text", "what iotedge version prints; missing when not known")
        .returning("reboot_required", "truth", "whether the device waits for a restart");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    wanted.proxy().filter(proxy -> proxy.contains("@")).map(Secret::of).ifPresent(context::mask);
    boolean begun = Cmdlets.begun(CMDLET, context);
    WindowsEdgeState.State state = context.perform(new WindowsEdgeState(false));
    List<String> done = new ArrayList<>();
    Optional<CmdletResult> deployed = Optional.empty();
    if (begun || !state.installed()) {
      if (!begun) {
        Preflight.deploy(state, wanted.containerOs().equals("Windows"), wanted.skipBatteryCheck());
      }
      String load = load(wanted, state, context, done);
      if (context.check()) {
        return Outcome.changed("would run " + CMDLET + restart(context));
      }
      deployed =
          Optional.of(
              Cmdlets.callAsJob(new RunCmdlet(CMDLET, load, arguments(wanted), true), context));
      done.add("installed IoT Edge");
    }
    return finish(wanted, state, deployed, done, context);
  }

  private static Outcome finish(
      Parameters wanted,
      WindowsEdgeState.State before,
      Optional<CmdletResult> deployed,
      List<String> done,
      ActionContext context) {
    // Only what this installation needs: a device may wait for Windows Update for weeks.
    boolean due = deployed.map(IotedgeInstallAction::wantsReboot).orElse(false);
    if (due && wanted.reboot()) {
      done.add(Restart.of(wanted.rebootTimeout(), context));
      due = false;
    }
    WindowsEdgeState.State after =
        done.isEmpty() ? before : context.perform(new WindowsEdgeState(false));
    if (!after.installed()) {
      throw new StepFailed(
          CMDLET
              + " ended without an error, but there is no service iotedge"
              + (due ? ": the device waits for a restart" : ""),
          due ? "set reboot: true, or restart it and run again" : "see what it printed");
    }
    String nothing = "installed already" + after.version().map(v -> ": " + v).orElse("");
    Outcome outcome =
        due
            ? Outcome.of(done, nothing).withMessage(message(done, nothing) + "; a restart is due")
            : Outcome.of(done, nothing);
    return outcome
        .withValues(values(after, due))
        .withReported(deployed.map(r -> Map.of("ran", r.line())).orElse(Map.of()))
        .withOutput(deployed.map(CmdletFailure::shown).orElse(""));
  }

  // Turning the feature on is what takes the restart.
  private static String restart(ActionContext context) {
    return context.perform(new WindowsEdgeState(true)).containers().equals("disabled")
        ? "; the device needs a restart then, for its Containers feature is off"
        : "";
  }

  private static String message(List<String> done, String nothing) {
    return done.isEmpty() ? nothing : String.join(", ", done);
  }

  private static Map<String, Object> values(WindowsEdgeState.State after, boolean due) {
    return after
        .version()
        .<Map<String, Object>>map(v -> Map.of("version", v, "reboot_required", due))
        .orElse(Map.of("reboot_required", due));
  }

  private static boolean wantsReboot(CmdletResult result) {
    return result.restartWanted()
        || result.messages().stream().anyMatch(line -> line.startsWith("Reboot required"));
  }

  private static String load(
      Parameters wanted, WindowsEdgeState.State state, ActionContext context, List<String> done) {
    return wanted
        .offline()
        .map(
            directory ->
                OfflineDirectory.of(context.controllerFile(directory), state.vcRuntime())
                    .put(context, done))
        .orElseGet(() -> SetupScript.load(wanted.script(), context, done));
  }

  private static List<CmdletArgument> arguments(Parameters wanted) {
    List<CmdletArgument> arguments = new ArrayList<>();
    arguments.add(CmdletArgument.text("ContainerOs", wanted.containerOs()));
    // With a password in it, it is a secret.
    wanted
        .proxy()
        .map(
            proxy ->
                proxy.contains("@")
                    ? CmdletArgument.secret("Proxy", Secret.of(proxy))
                    : CmdletArgument.text("Proxy", proxy))
        .ifPresent(arguments::add);
    if (wanted.offline().isPresent()) {
      arguments.add(CmdletArgument.text("OfflineInstallationPath", WindowsDirectories.SETUP));
    }
    if (wanted.skipBatteryCheck()) {
      arguments.add(CmdletArgument.flag("SkipBatteryCheck"));
    }
    return arguments;
  }
}
