package dev.edgefleet.simulator.windows.edge;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.Trait;
import dev.edgefleet.simulator.windows.WindowsService;
import dev.edgefleet.simulator.windows.operation.DirectoryOperations;
import dev.edgefleet.simulator.windows.operation.ServiceOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Deploy-, Update-, Uninstall-IoTEdge and Get-IoTEdgeLog, as IotEdgeSecurityDaemon.ps1 1.1 has
 * them.
 */
public final class IotEdgeCmdlets {
  static final String BUILD = "17763";
  public static final String PROGRAMS = "C:\\Program Files\\iotedge";

  private static final String CAB = "microsoft-azure-iotedge.cab";
  private static final String CAB_URL = "https://aka.ms/iotedged-windows-latest-cab";

  private final DeviceFiles files;
  private final DeviceModel model;
  private final ServiceOperations services;
  private final InitializeIotEdge initialize;

  public IotEdgeCmdlets(DeviceFiles files, DeviceModel model, ServiceOperations services) {
    this.files = files;
    this.model = model;
    this.services = services;
    this.initialize = new InitializeIotEdge(files, model, services);
  }

  public Map<String, Cmdlet> all() {
    return Map.of(
        "Deploy-IoTEdge",
        this::deploy,
        "Update-IoTEdge",
        this::update,
        "Uninstall-IoTEdge",
        this::uninstall,
        "Initialize-IoTEdge",
        initialize,
        "Get-IoTEdgeLog",
        this::log);
  }

  private void deploy(CmdletCall call, CmdletRun run) throws IOException {
    run.only(
        "ContainerOs",
        "Proxy",
        "OfflineInstallationPath",
        "InvokeWebRequestParameters",
        "RestartIfNeeded",
        "SkipBatteryCheck");
    if (model.service(ServiceOperations.DAEMON).isPresent()) {
      run.sayRed(
          "IoT Edge is already installed. To update, run \"Update-IoTEdge\". Alternatively, if you"
              + " want to finalize the installation, run \"Initialize-IoTEdge\".");
      throw run.halted();
    }
    if (model.service(ServiceOperations.MOBY).isPresent()) {
      run.sayRed(
          "IoT Edge Moby Engine is already installed, but IoT Edge is not. To reinstall, run"
              + " \"Uninstall-IoTEdge\" and then \"Deploy-IoTEdge\".");
      throw run.halted();
    }
    if (model.is(Trait.BATTERY) && !call.is("SkipBatteryCheck")) {
      throw CmdletRun.prompted();
    }
    checkHost(call, run);
    install(call, run);
    if (wantsRestart()) {
      model.set(Trait.REBOOT_PENDING, true);
      model.set(Trait.CONTAINERS_FEATURE, true);
      run.say(
          "Reboot required. To complete the installation after the reboot, run"
              + " \"Initialize-IoTEdge\".");
      run.say("Updated system PATH.");
      run.restartComputer();
    } else {
      run.say("To complete the installation, run \"Initialize-IoTEdge\".");
      run.say("Updated system PATH.");
    }
  }

  private boolean wantsRestart() {
    return !model.is(Trait.CONTAINERS_FEATURE) || model.has(InjectedFault.REBOOT_NEEDED);
  }

  /** Administrator, processor, build. */
  private void checkHost(CmdletCall call, CmdletRun run) {
    if (!model.is(Trait.ADMINISTRATOR)) {
      run.sayRed("This script must be run as an administrator.");
      throw run.halted();
    }
    if (!call.text("ContainerOs").equalsIgnoreCase("Linux") && !model.build().equals(BUILD)) {
      run.sayRed("The container host is on unsupported build version " + model.build() + ".");
      run.sayRed(
          "The prerequisites for installation of the IoT Edge Security daemon are not met. Please"
              + " fix all known issues before rerunning this script.");
      throw run.halted();
    }
    run.say("The container host is on supported build version " + model.build() + ".");
  }

  /** VC runtime and cab, from a directory or by download. */
  private void install(CmdletCall call, CmdletRun run) throws IOException {
    String offline = call.text("OfflineInstallationPath");
    if (model.is(Trait.VC_RUNTIME)) {
      run.say("Skipping VC Runtime installation because it is already installed.");
    } else {
      need(
          run,
          offline,
          "vc_redist",
          "VC Runtime",
          "https://aka.ms/vs/16/release/vc_redist.x64.exe");
      model.set(Trait.VC_RUNTIME, true);
      run.say("Installed VC Runtime.");
    }
    run.say("Downloading IoT Edge...");
    need(run, offline, CAB, "IoT Edge", CAB_URL);
    String from = offline.isEmpty() ? "C:\\Users\\edge\\AppData\\Local\\Temp" : offline;
    run.say("Using IoT Edge from " + from + "\\" + CAB);
    Path programs = Files.createDirectories(files.file(PROGRAMS));
    Files.writeString(programs.resolve("config.yaml"), ConfigTemplate.delivered());
    Files.writeString(programs.resolve("iotedge.exe"), "iotedge " + model.available() + "\n");
    model.installed(model.available());
    model.addService(ServiceOperations.MOBY).start();
    model.addService(ServiceOperations.DAEMON);
  }

  private void need(CmdletRun run, String offline, String name, String what, String url)
      throws IOException {
    if (offline.isEmpty()) {
      if (model.has(InjectedFault.NO_DOWNLOAD)) {
        throw new CmdletRun.Thrown("The remote name could not be resolved: 'aka.ms'");
      }
      return;
    }
    Path directory = files.file(offline);
    if (Files.isDirectory(directory)) {
      try (Stream<Path> children = Files.list(directory)) {
        if (children.anyMatch(
            child -> String.valueOf(child.getFileName()).toLowerCase(Locale.ROOT).contains(name))) {
          return;
        }
      }
    }
    run.sayRed("Could not find " + what + " at " + offline + "\\" + name);
    run.sayRed("Please download it from " + url + " and save it under " + offline);
    throw run.halted();
  }

  private void update(CmdletCall call, CmdletRun run) throws IOException {
    run.only(
        "ContainerOs",
        "Proxy",
        "OfflineInstallationPath",
        "InvokeWebRequestParameters",
        "RestartIfNeeded");
    if (model.service(ServiceOperations.DAEMON).isEmpty()) {
      run.sayRed("IoT Edge is not yet installed. To install, run \"Deploy-IoTEdge\" first.");
      throw run.halted();
    }
    checkHost(call, run);
    WindowsService daemon = model.addService(ServiceOperations.DAEMON);
    boolean ran = daemon.running();
    daemon.stop(0);
    install(call, run);
    if (wantsRestart()) {
      model.set(Trait.REBOOT_PENDING, true);
      run.say("Reboot required.");
      run.restartComputer();
    } else if (ran) {
      services.start(ServiceOperations.DAEMON, daemon);
    }
  }

  private void uninstall(CmdletCall call, CmdletRun run) throws IOException {
    run.only("Force", "RestartIfNeeded");
    if (model.service(ServiceOperations.DAEMON).isEmpty() && !call.is("Force")) {
      run.sayRed("IoT Edge is not installed.");
      throw run.halted();
    }
    model.removeService(ServiceOperations.DAEMON);
    model.removeService(ServiceOperations.MOBY);
    model.installed("");
    for (String directory : new String[] {PROGRAMS, "C:\\ProgramData\\iotedge"}) {
      if (files.look(directory).kind() == Kind.DIRECTORY) {
        DirectoryOperations.removeTree(files.file(directory));
      }
    }
    if (model.has(InjectedFault.REBOOT_NEEDED)) {
      model.set(Trait.REBOOT_PENDING, true);
      run.say("Reboot required.");
      run.restartComputer();
    } else {
      run.say("Successfully uninstalled IoT Edge.");
    }
  }

  private void log(CmdletCall call, CmdletRun run) throws IOException {
    run.only("StartTime");
    run.give(services.log(ServiceOperations.DAEMON).strip());
  }
}
