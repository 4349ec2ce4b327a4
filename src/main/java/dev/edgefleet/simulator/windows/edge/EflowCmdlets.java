package dev.edgefleet.simulator.windows.edge;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The cmdlets of the module AzureEFLOW, by what its documentation and its users tell. */
public final class EflowCmdlets {
  static final String DISK = "C:\\Program Files\\Azure IoT Edge\\AzureIoTEdgeForLinux-EFLOW.vhdx";

  public static final String NO_ANSWER = "ssh failed to execute [Connection timed out]";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);

  private final DeviceFiles files;
  private final DeviceModel model;
  private final EflowMachine machine;

  public EflowCmdlets(DeviceFiles files, DeviceModel model, EflowMachine machine) {
    this.files = files;
    this.model = model;
    this.machine = machine;
  }

  public Map<String, Cmdlet> all() {
    return Map.of(
        "Deploy-Eflow", this::deploy,
        "Provision-EflowVm", this::provision,
        "Get-EflowVm", this::get,
        "Verify-EflowVm", this::verify,
        "Invoke-EflowVmCommand", this::command,
        "Copy-EflowVmFile", this::copy,
        "Start-EflowVm", this::start,
        "Stop-EflowVm", this::stop);
  }

  private static void step(CmdletRun run, String text) {
    run.say("[" + LocalDateTime.now(ZoneOffset.UTC).format(TIME) + "] " + text);
  }

  private void needAdministrator() {
    if (!model.is(Trait.ADMINISTRATOR)) {
      throw new CmdletRun.Thrown(" - Please run this cmdlet as an administrator.");
    }
  }

  private void needMachine() {
    needAdministrator();
    if (!model.is(Trait.EFLOW_DEPLOYED)) {
      throw new CmdletRun.Thrown(" - Azure IoT Edge for Linux on Windows is not deployed.");
    }
  }

  private void deploy(CmdletCall call, CmdletRun run) throws IOException {
    run.only(
        "acceptEula",
        "acceptOptionalTelemetry",
        "cpuCount",
        "memoryInMB",
        "vmDiskSize",
        "vmDataSize",
        "vmLogSize",
        "vswitchName",
        "vswitchType",
        "ip4Address",
        "ip4PrefixLength",
        "ip4GatewayAddress",
        "gpuName",
        "gpuPassthroughType",
        "gpuCount",
        "customSsh",
        "sharedFoldersJsonPath",
        "headless");
    needAdministrator();
    if (!call.text("acceptEula").equalsIgnoreCase("yes")
        || call.value("acceptOptionalTelemetry").isEmpty()) {
      throw CmdletRun.prompted();
    }
    if (model.is(Trait.EFLOW_DEPLOYED)) {
      run.give("Azure IoT Edge for Linux on Windows is already deployed.");
      return;
    }
    step(run, "Step 1: Checking host");
    if (model.has(InjectedFault.EFLOW_REBOOT_NEEDED)) {
      model.set(Trait.REBOOT_PENDING, true);
      model.clear(InjectedFault.EFLOW_REBOOT_NEEDED);
      run.say(" - Hyper-V was enabled. A restart is required.");
      run.restartComputer();
      run.give("A restart is required to complete the deployment.");
      return;
    }
    step(run, "Step 2: Deploying virtual machine");
    Path disk = files.file(DISK);
    Files.createDirectories(disk.getParent());
    Files.writeString(disk, "a virtual disk\n");
    machine.create();
    model.set(Trait.EFLOW_DEPLOYED, true);
    model.set(Trait.EFLOW_RUNNING, true);
    step(run, "Deployment successful");
    run.give("OK");
  }

  private void provision(CmdletCall call, CmdletRun run) throws IOException {
    String type = call.text("provisioningType");
    run.needs("provisioningType");
    List<String> optional = List.of("registrationId", "globalEndpoint");
    List<String> mandatory =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "manualconnectionstring" -> List.of("devConnString");
          case "manualx509" ->
              List.of("iotHubHostname", "deviceId", "identityCertPath", "identityPrivKeyPath");
          case "dpstpm" -> List.of("scopeId");
          case "dpsx509" -> List.of("scopeId", "identityCertPath", "identityPrivKeyPath");
          case "dpssymmetrickey" -> List.of("scopeId", "registrationId", "symmKey");
          default ->
              throw new CmdletRun.Thrown(
                  "Cannot validate argument on parameter 'provisioningType'. The argument \""
                      + type
                      + "\" does not belong to the set.");
        };
    List<String> allowed = new ArrayList<>(mandatory);
    allowed.add("provisioningType");
    allowed.add("headless");
    if (type.toLowerCase(Locale.ROOT).startsWith("dps")) {
      allowed.addAll(optional);
    }
    run.only(allowed.toArray(String[]::new));
    run.needs(mandatory.toArray(String[]::new));
    needMachine();
    if (!call.is("headless") && machine.provisioned()) {
      throw CmdletRun.prompted();
    }
    for (String name : List.of("identityCertPath", "identityPrivKeyPath")) {
      String path = call.text(name);
      if (!path.isEmpty() && files.follow(path).kind() != Kind.FILE) {
        throw new CmdletRun.Thrown(" - The file '" + path + "' was not found.");
      }
    }
    step(run, "Provisioning");
    if (model.has(InjectedFault.EFLOW_NOT_PROVISIONED)) {
      run.give(" - Failed to provision at line 42");
      return;
    }
    if (model.has(InjectedFault.EFLOW_FALSE_OK)) {
      run.give("OK");
      return;
    }
    Files.writeString(machine.file(machine.config()), EflowConfig.of(machine.toml(), type, call));
    if (call.value("identityCertPath").isPresent()) {
      take(call.text("identityCertPath"), EflowConfig.CERTIFICATE);
      take(call.text("identityPrivKeyPath"), EflowConfig.KEY);
    }
    machine.restartDaemon();
    if (!model.is(Trait.EFLOW_DAEMON)) {
      run.give(
          " - iotedge service not running after provisioning, please investigate manually at line"
              + " 1120");
      return;
    }
    run.give("OK");
  }

  /** A file of Windows into the virtual machine. */
  private void take(String from, String to) throws IOException {
    Files.write(machine.file(to), Files.readAllBytes(files.follow(from).file()));
  }

  private void get(CmdletCall call, CmdletRun run) {
    run.only();
    needMachine();
    if (model.has(InjectedFault.EFLOW_NO_ANSWER)) {
      throw new CmdletRun.Thrown(NO_ANSWER);
    }
    run.give(
        "VmConfiguration    : @{name="
            + model.name()
            + "-EFLOW; cpuCount=1; memoryInMB=1024}\nVmPowerState       : "
            + powerState()
            + "\nEdgeRuntimeVersion : "
            + model.eflowVersion()
            + "\nEdgeRuntimeStatus  : "
            + runtimeStatus()
            + "\nSystemStatistics   : {}");
  }

  public String powerState() {
    return model.is(Trait.EFLOW_RUNNING) ? "Running" : "Off";
  }

  /** Empty while it does not run. */
  public String runtimeStatus() {
    if (!model.is(Trait.EFLOW_RUNNING)) {
      return "";
    }
    return model.is(Trait.EFLOW_DAEMON) ? "active" : "inactive";
  }

  private void verify(CmdletCall call, CmdletRun run) {
    run.only();
    run.give(model.is(Trait.EFLOW_DEPLOYED) ? "True" : "False");
  }

  private void start(CmdletCall call, CmdletRun run) {
    run.only();
    needMachine();
    model.set(Trait.EFLOW_RUNNING, true);
  }

  private void stop(CmdletCall call, CmdletRun run) {
    run.only();
    needMachine();
    model.set(Trait.EFLOW_RUNNING, false);
  }

  private void command(CmdletCall call, CmdletRun run) throws IOException {
    run.only("command", "ignoreError");
    run.needs("command");
    needMachine();
    String command = call.text("command");
    if (!model.is(Trait.EFLOW_RUNNING) || model.has(InjectedFault.EFLOW_NO_ANSWER)) {
      throw new CmdletRun.Thrown(NO_ANSWER);
    }
    EflowMachine.Result result = machine.run(command);
    if (result.code() != 0 && !call.is("ignoreError")) {
      throw new CmdletRun.Thrown(command + " failed to execute [" + result.err() + "]");
    }
    run.give(result.out().stripTrailing());
  }

  private void copy(CmdletCall call, CmdletRun run) throws IOException {
    run.only("fromFile", "toFile", "pushFile");
    run.needs("fromFile", "toFile");
    needMachine();
    if (!model.is(Trait.EFLOW_RUNNING) || model.has(InjectedFault.EFLOW_NO_ANSWER)) {
      throw new CmdletRun.Thrown(NO_ANSWER);
    }
    if (call.is("pushFile")) {
      push(call.text("fromFile"), call.text("toFile"));
      return;
    }
    Path from = machine.file(call.text("fromFile"));
    if (!Files.isRegularFile(from)) {
      throw new CmdletRun.Thrown(
          "scp failed to execute [" + call.text("fromFile") + ": No such file or directory]");
    }
    Files.write(files.file(call.text("toFile")), Files.readAllBytes(from));
  }

  /** Only where iotedge-user may write. */
  private void push(String from, String to) throws IOException {
    DeviceFiles.Entry entry = files.follow(from);
    if (entry.kind() != Kind.FILE) {
      throw new CmdletRun.Thrown(" - The file '" + from + "' was not found.");
    }
    String target = to.startsWith("~/") ? "/home/iotedge-user" + to.substring(1) : to;
    if (!target.startsWith("/home/iotedge-user") && !target.startsWith("/tmp")) {
      throw new CmdletRun.Thrown("scp failed to execute [" + to + ": Permission denied]");
    }
    Path file = machine.file(target);
    if (Files.isDirectory(file)) {
      file = file.resolve(DeviceFiles.name(entry.path()));
    }
    Files.write(file, Files.readAllBytes(entry.file()));
  }
}
