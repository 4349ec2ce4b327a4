package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.program.JobRun;
import dev.edgefleet.edge.windows.CmdletFailure;
import dev.edgefleet.edge.windows.Cmdlets;
import dev.edgefleet.edge.windows.OfflineDirectory;
import dev.edgefleet.edge.windows.Preflight;
import dev.edgefleet.edge.windows.Restart;
import dev.edgefleet.edge.windows.SetupScript;
import dev.edgefleet.edge.windows.Windows;
import dev.edgefleet.edge.windows.WindowsDirectories;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.edge.EflowState;
import dev.edgefleet.remote.edge.WindowsEdgeState;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code eflow_install}: installs IoT Edge for Linux on Windows and makes its machine. */
public final class EflowInstallAction implements Action<EflowInstallAction.Parameters> {
  private static final String CMDLET = "Deploy-Eflow";
  private static final String DIRECTORY = WindowsDirectories.OWN + "\\eflow";
  private static final String MSI = DIRECTORY + "\\AzureIoTEdge.msi";
  private static final String MSIEXEC = "msiexec";
  private static final int REBOOT_REQUIRED = 3010;
  private static final int ANOTHER_RUNS = 1618;
  private static final int DEPLOYMENTS = 3;

  /** Parameters of {@code eflow_install}. */
  public record Parameters(
      @Param("AzureIoTEdge.msi on the controller.") Optional<String> msi,
      @Param("AzureIoTEdge.msi on the device, instead of msi.") Optional<String> msiPath,
      @Param(
              value = "Accept Microsoft's licence: without it nothing is installed.",
              byDefault = "false")
          boolean acceptEula,
      @Param(value = "Send optional telemetry to Microsoft.", byDefault = "false")
          boolean optionalTelemetry,
      @Param("Processors of the machine; 1 without it.") Optional<Integer> cpuCount,
      @Param("Memory of the machine in MB, an even number; 1024 without it.")
          Optional<Integer> memoryMb,
      @Param("Disk of the machine in GB; 29 without it.") Optional<Integer> vmDiskGb,
      @Param("Virtual switch of the machine.") Optional<String> vswitchName,
      @Param(
              value = "Its kind.",
              choices = {"Internal", "External"})
          Optional<String> vswitchType,
      @Param("IPv4 address of the machine.") Optional<String> ip4Address,
      @Param("Length of its network's prefix.") Optional<Integer> ip4PrefixLength,
      @Param("Gateway of its network.") Optional<String> ip4GatewayAddress,
      @Param(value = "Restart the device when that is needed, and go on.", byDefault = "false")
          boolean reboot,
      @Param(value = "How long a restart may take.", byDefault = "20m") Duration rebootTimeout) {
    public Parameters {
      if (msi.isPresent() && msiPath.isPresent()) {
        throw new BadInput("'msi' and 'msi_path' exclude each other", "give one of them");
      }
      if (memoryMb.isPresent() && memoryMb.get() % 2 != 0) {
        throw new BadInput("'memory_mb' is odd", "Deploy-Eflow takes even numbers only");
      }
    }
  }

  @Override
  public String name() {
    return "eflow_install";
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
            "Installs IoT Edge for Linux on Windows (EFLOW) and makes its virtual machine.")
        .note(
            "Runs msiexec and Deploy-Eflow as scheduled tasks of the login account: the machine"
                + " belongs to the account that made it, so later tasks log in as the same one.")
        .note("A device that has the machine is left alone.")
        .note(
            "Give the task a timeout of half an hour or more: what still runs at its end is ended"
                + " in the middle.")
        .note("Where Hyper-V was off, Windows wants a restart: see reboot.")
        .example(
            "With Microsoft's licence accepted",
            """
            - eflow_install:
                msi: packages/AzureIoTEdge.msi
                accept_eula: true
                memory_mb: 2048
                reboot: true
              timeout: 3600
            """)
        .returning("version", "text", "of IoT Edge in the machine; empty when not known")
        .returning("reboot_required", "truth", "whether the device waits for a restart");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    boolean installing = Cmdlets.begun(MSIEXEC, context.part(MSIEXEC));
    boolean deploying = Cmdlets.begun(CMDLET, context.part(deployment(1)));
    EflowState.State state = Eflow.look(context);
    List<String> done = new ArrayList<>();
    if (state.deployed() && !installing && !deploying) {
      return outcome(Eflow.answering(state), Optional.empty(), done, false);
    }
    if (!wanted.acceptEula()) {
      throw new BadInput(
          "eflow_install needs accept_eula: true",
          "read Microsoft's licence of Azure IoT Edge for Linux on Windows, and accept it");
    }
    Preflight.session(context.perform(new WindowsEdgeState(false)));
    if (context.check()) {
      return Outcome.changed("would install EFLOW");
    }
    if ((installing || !state.module()) && !installMsi(wanted, context, done)) {
      return outcome(state, Optional.empty(), done, true);
    }
    return deploy(wanted, context, done);
  }

  /** Makes the machine; each time that Windows wants a restart first, once more after it. */
  private static Outcome deploy(Parameters wanted, ActionContext context, List<String> done) {
    for (int attempt = 1; attempt <= DEPLOYMENTS; attempt++) {
      ActionContext part = context.part(deployment(attempt));
      CmdletResult result = Cmdlets.callAsJob(Eflow.cmdlet(CMDLET, arguments(wanted)), part);
      if (!result.restartWanted() && !result.text().contains("Reboot required")) {
        Eflow.requireOk(CMDLET, result);
        done.add("made the EFLOW machine");
        EflowState.State after = Eflow.look(context);
        if (!after.deployed()) {
          throw new StepFailed(
              CMDLET + " answered OK, and there is no machine", CmdletFailure.shown(result));
        }
        return outcome(after, Optional.of(result), done, false);
      }
      if (!wanted.reboot()) {
        return outcome(Eflow.look(context), Optional.of(result), done, true);
      }
      done.add(Restart.of(wanted.rebootTimeout(), part));
    }
    throw new StepFailed(
        CMDLET + " wants a restart after " + DEPLOYMENTS + " restarts",
        "see whether Hyper-V can run on this machine: virtualisation may be off in its firmware");
  }

  private static String deployment(int attempt) {
    return "deploy-" + attempt;
  }

  /** False when the device has to be restarted by somebody before the machine can be made. */
  private static boolean installMsi(Parameters wanted, ActionContext context, List<String> done) {
    String path = wanted.msiPath().orElseGet(() -> copied(wanted, context, done));
    RunProgram install =
        new RunProgram(
            List.of(MSIEXEC, "/i", path, "/qn", "/norestart"), new byte[0], Execution.PLAIN);
    ActionContext part = context.part(MSIEXEC);
    CommandOutput ran = new JobRun(MSIEXEC, part).run(install).output();
    switch (ran.exitCode()) {
      case 0 -> {}
      case REBOOT_REQUIRED -> {
        if (!wanted.reboot()) {
          return false;
        }
        done.add(Restart.of(wanted.rebootTimeout(), part));
      }
      case ANOTHER_RUNS ->
          throw new StepFailed(
              "another installation runs on the device (msiexec 1618)",
              "let it end, and run again");
      default ->
          throw new StepFailed(
              "msiexec ended with exit code " + ran.exitCode(),
              "see the Application log on the device, source MsiInstaller");
    }
    done.add("installed " + path);
    return true;
  }

  private static String copied(Parameters wanted, ActionContext context, List<String> done) {
    String msi =
        wanted
            .msi()
            .orElseThrow(
                () ->
                    new BadInput(
                        "the device has no EFLOW, and the task gives no msi",
                        "give msi, a file of the controller, or msi_path, one of the device"));
    SetupScript.makeDirectory(DIRECTORY, context);
    OfflineDirectory.put(MSI, context.controllerFile(msi), context).ifPresent(done::add);
    return MSI;
  }

  private static List<CmdletArgument> arguments(Parameters wanted) {
    List<CmdletArgument> arguments = new ArrayList<>();
    arguments.add(CmdletArgument.text("acceptEula", "Yes"));
    arguments.add(
        CmdletArgument.text("acceptOptionalTelemetry", wanted.optionalTelemetry() ? "Yes" : "No"));
    number("cpuCount", wanted.cpuCount(), arguments);
    number("memoryInMB", wanted.memoryMb(), arguments);
    number("vmDiskSize", wanted.vmDiskGb(), arguments);
    text("vswitchName", wanted.vswitchName(), arguments);
    text("vswitchType", wanted.vswitchType(), arguments);
    text("ip4Address", wanted.ip4Address(), arguments);
    number("ip4PrefixLength", wanted.ip4PrefixLength(), arguments);
    text("ip4GatewayAddress", wanted.ip4GatewayAddress(), arguments);
    return arguments;
  }

  private static void number(String name, Optional<Integer> value, List<CmdletArgument> arguments) {
    value.ifPresent(number -> arguments.add(CmdletArgument.number(name, number)));
  }

  private static void text(String name, Optional<String> value, List<CmdletArgument> arguments) {
    value.ifPresent(text -> arguments.add(CmdletArgument.text(name, text)));
  }

  private static Outcome outcome(
      EflowState.State state, Optional<CmdletResult> ran, List<String> done, boolean due) {
    Outcome outcome =
        due
            ? Outcome.changed(
                (done.isEmpty() ? "" : String.join(", ", done) + "; ") + "a restart is due")
            : Outcome.of(done, "installed already: " + state.runtimeVersion());
    return outcome
        .withValues(Map.of("version", state.runtimeVersion(), "reboot_required", due))
        .withReported(ran.map(result -> Map.of("ran", result.line())).orElse(Map.of()))
        .withOutput(ran.map(CmdletFailure::shown).orElse(""));
  }
}
