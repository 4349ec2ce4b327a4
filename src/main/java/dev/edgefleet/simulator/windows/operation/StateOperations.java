package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.Trait;
import dev.edgefleet.simulator.windows.edge.EflowCmdlets;
import dev.edgefleet.simulator.windows.edge.EflowMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** iotedge-state and eflow-state. */
final class StateOperations {
  private final DeviceFiles files;
  private final DeviceModel model;
  private final EflowCmdlets eflow;
  private final EflowMachine machine;

  StateOperations(DeviceFiles files, DeviceModel model, EflowCmdlets eflow, EflowMachine machine) {
    this.files = files;
    this.model = model;
    this.eflow = eflow;
    this.machine = machine;
  }

  private String containers(WireRequest request) {
    if (!request.value("features", "").equals("true")) {
      return "unknown";
    }
    return model.is(Trait.CONTAINERS_FEATURE) ? "enabled" : "disabled";
  }

  void iotedge(WireRequest request, WireAnswer answer) throws IOException {
    boolean config = files.look(ServiceOperations.CONFIG).kind() == Kind.FILE;
    answer
        .add("build", model.build())
        .add("powershell", model.powershell())
        .add("architecture", model.architecture())
        .add("administrator", model.is(Trait.ADMINISTRATOR))
        .add("service", service(ServiceOperations.DAEMON))
        .add("moby_service", service(ServiceOperations.MOBY))
        .add("config", config)
        .add("vcruntime", model.is(Trait.VC_RUNTIME))
        .add("containers", containers(request))
        .add("reboot_pending", model.is(Trait.REBOOT_PENDING))
        .add("battery", model.is(Trait.BATTERY))
        .add("offline_files", offline(request.value("offline", "")));
    if (!model.installed().isEmpty()) {
      answer.add("iotedge_version", model.installed());
    }
    if (config) {
      answer.body(Files.readAllBytes(files.file(ServiceOperations.CONFIG)));
    }
  }

  private String service(String name) {
    return model
        .service(name)
        .map(service -> service.running() ? "running" : "stopped")
        .orElse("absent");
  }

  private String offline(String directory) throws IOException {
    if (directory.isEmpty() || files.follow(directory).kind() != Kind.DIRECTORY) {
      return "";
    }
    try (Stream<Path> children = Files.list(files.file(directory))) {
      return children
          .filter(Files::isRegularFile)
          .map(child -> String.valueOf(child.getFileName()))
          .sorted()
          .collect(Collectors.joining("\n"));
    }
  }

  void eflow(WireRequest request, WireAnswer answer) throws IOException {
    boolean deployed = model.is(Trait.EFLOW_DEPLOYED);
    boolean silent = model.has(InjectedFault.EFLOW_NO_ANSWER);
    boolean answers = model.is(Trait.EFLOW_RUNNING) && !silent;
    answer
        .add("module", model.is(Trait.EFLOW_MODULE))
        .add("deployed", deployed)
        .add(
            "vm_state",
            deployed ? (silent ? "unknown: " + EflowCmdlets.NO_ANSWER : eflow.powerState()) : "")
        .add("runtime_version", deployed && !silent ? model.eflowVersion() : "")
        .add("runtime_status", deployed && !silent ? eflow.runtimeStatus() : "");
    if (!deployed || answers) {
      answer.add("provisioned", deployed && machine.provisioned());
    }
  }
}
