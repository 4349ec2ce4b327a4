package dev.edgefleet.simulator.windows.edge;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.Trait;
import dev.edgefleet.simulator.windows.operation.ServiceOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Initialize-IoTEdge with its five ways and the external one. */
final class InitializeIotEdge implements Cmdlet {
  private static final List<String> EVERY_SET =
      List.of(
          "DeviceCACertificate",
          "DeviceCAPrivateKey",
          "DeviceTrustbundle",
          "DynamicReprovisioning",
          "ContainerOs",
          "AgentImage",
          "Username",
          "Password");

  private final DeviceFiles files;
  private final DeviceModel model;
  private final ServiceOperations services;

  InitializeIotEdge(DeviceFiles files, DeviceModel model, ServiceOperations services) {
    this.files = files;
    this.model = model;
    this.services = services;
  }

  /** Its parameter sets. */
  private enum Way {
    MANUAL_X509,
    DPS_TPM,
    DPS_SYMMETRIC_KEY,
    DPS_X509,
    EXTERNAL,
    MANUAL_CONNECTION_STRING;

    static Way of(CmdletCall call) {
      for (Way way : values()) {
        if (way.switches().stream().anyMatch(call::is)) {
          return way;
        }
      }
      return MANUAL_CONNECTION_STRING;
    }

    /** Each of which chooses it; Dps goes with every way of it. */
    List<String> switches() {
      return switch (this) {
        case MANUAL_X509 -> List.of("ManualX509");
        case DPS_TPM -> List.of("DpsTpm");
        case DPS_SYMMETRIC_KEY -> List.of("DpsSymmetricKey");
        case DPS_X509 -> List.of("DpsX509");
        case EXTERNAL -> List.of("External");
        case MANUAL_CONNECTION_STRING -> List.of("ManualConnectionString", "Manual");
      };
    }

    List<String> mandatory() {
      return switch (this) {
        case MANUAL_X509 ->
            List.of(
                "IotHubHostName", "DeviceId", "X509IdentityCertificate", "X509IdentityPrivateKey");
        case DPS_TPM -> List.of("ScopeId", "RegistrationId");
        case DPS_SYMMETRIC_KEY -> List.of("ScopeId", "RegistrationId", "SymmetricKey");
        case DPS_X509 -> List.of("ScopeId", "X509IdentityCertificate", "X509IdentityPrivateKey");
        case EXTERNAL -> List.of("ExternalProvisioningEndpoint");
        case MANUAL_CONNECTION_STRING -> List.of("DeviceConnectionString");
      };
    }

    /** Which provisioning it says that it configured. */
    String said() {
      return switch (this) {
        case MANUAL_X509, MANUAL_CONNECTION_STRING -> "manual";
        case EXTERNAL -> "external";
        default -> "DPS";
      };
    }

    String[] allowed() {
      List<String> all = new ArrayList<>(EVERY_SET);
      all.addAll(switches());
      all.addAll(mandatory());
      if (said().equals("DPS")) {
        all.add("Dps");
        all.add("RegistrationId");
      }
      return all.toArray(String[]::new);
    }
  }

  @Override
  public void call(CmdletCall call, CmdletRun run) throws IOException {
    Way way = Way.of(call);
    run.only(way.allowed());
    run.needs(way.mandatory().toArray(String[]::new));
    if (model.service(ServiceOperations.DAEMON).isEmpty()) {
      run.sayRed("IoT Edge is not yet installed. To install, run \"Deploy-IoTEdge\" first.");
      throw run.halted();
    }
    if (!model.is(Trait.VC_RUNTIME)) {
      run.sayRed("VC Runtime must be installed before IoT Edge can be initialized.");
      throw run.halted();
    }
    if (files.look(ServiceOperations.CONFIG).kind() == Kind.FILE) {
      run.sayRed(ServiceOperations.CONFIG + " already exists.");
      run.sayRed(
          "Delete it using \"Uninstall-IoTEdge -Force\" and then re-run \"Deploy-IoTEdge\" and"
              + " \"Initialize-IoTEdge\"");
      throw run.halted();
    }
    checkGateway(call);
    run.say("The container host is on supported build version " + model.build() + ".");
    run.say("System PATH does not require an update.");
    run.say("Generating config.yaml...");
    Path config = files.file(ServiceOperations.CONFIG);
    Files.createDirectories(files.file(DeviceFiles.parent(ServiceOperations.CONFIG)));
    String text = Files.readString(files.file(IotEdgeCmdlets.PROGRAMS + "\\config.yaml"));
    if (!model.has(InjectedFault.SCRIPT_CAB_MISMATCH)) {
      text = ConfigTemplate.provisioned(text, block(way, call));
    }
    text = ConfigTemplate.withHost(text, model.name());
    if (call.value("AgentImage").isPresent()) {
      text = ConfigTemplate.withAgent(text, call.text("AgentImage"));
    }
    if (!call.text("DeviceCACertificate").isEmpty()) {
      text =
          ConfigTemplate.withGateway(
              text,
              List.of(
                  "certificates:",
                  "  device_ca_cert: '" + uri(call.text("DeviceCACertificate")) + "'",
                  "  device_ca_pk: '" + uri(call.text("DeviceCAPrivateKey")) + "'",
                  "  trusted_ca_certs: '" + uri(call.text("DeviceTrustbundle")) + "'"));
    }
    Files.writeString(config, text);
    files.setPrivate(config, false);
    run.say("Configured device for " + way.said() + " provisioning.");
    run.say("Configured device with hostname '" + model.name() + "'.");
    String certificate = call.text("X509IdentityCertificate");
    if (!certificate.isEmpty() && files.follow(certificate).kind() != Kind.FILE) {
      // The chain is imported after the file was written, which stays.
      throw new CmdletRun.Thrown(
          "Cannot find path '" + files.full(certificate) + "' because it does not exist.");
    }
    run.say("Configured ProgramData directory.");
    run.say(
        "Configured device with Moby Engine URL 'npipe://./pipe/iotedge_moby_engine' and network"
            + " 'nat'.");
    services.start(ServiceOperations.DAEMON, model.addService(ServiceOperations.DAEMON));
    run.say("Initialized the IoT Edge service.");
    run.say("");
    run.say("This device is now provisioned with the IoT Edge runtime.");
    run.say("Check the status of the IoT Edge service with \"Get-Service iotedge\"");
    run.say("List running modules with \"iotedge list\"");
    run.say(
        "Display logs from the last five minutes in chronological order with \"Get-IoTEdgeLog\"");
  }

  private void checkGateway(CmdletCall call) throws IOException {
    List<String> three = EVERY_SET.subList(0, 3);
    long given = three.stream().filter(name -> !call.text(name).isEmpty()).count();
    if (given != 0 && given != 3) {
      throw new CmdletRun.Thrown(
          "Device CA certificate, device CA private key and trust bundle have to be given together.");
    }
    for (String name : three) {
      String path = call.text(name);
      if (!path.isEmpty() && files.follow(path).kind() != Kind.FILE) {
        throw new CmdletRun.Thrown("The " + name + " '" + path + "' was not found.");
      }
    }
  }

  private List<String> block(Way way, CmdletCall call) {
    String reprovision = "  dynamic_reprovisioning: " + call.is("DynamicReprovisioning");
    List<String> lines = new ArrayList<>(List.of("provisioning:"));
    switch (way) {
      case MANUAL_CONNECTION_STRING ->
          lines.addAll(
              List.of(
                  "  source: 'manual'",
                  "  device_connection_string: '" + call.text("DeviceConnectionString") + "'",
                  reprovision));
      case MANUAL_X509 -> {
        lines.addAll(
            List.of(
                "  source: 'manual'",
                "  authentication:",
                "    method: 'x509'",
                "    iothub_hostname: '" + call.text("IotHubHostName") + "'",
                "    device_id: '" + call.text("DeviceId") + "'"));
        identity(call, lines);
        lines.add(reprovision);
      }
      case EXTERNAL ->
          lines.addAll(
              List.of(
                  "  source: 'external'",
                  "  endpoint: '" + call.text("ExternalProvisioningEndpoint") + "'",
                  reprovision));
      default -> {
        lines.addAll(
            List.of(
                "  source: 'dps'",
                "  global_endpoint: 'https://global.azure-devices-provisioning.net'",
                "  scope_id: '" + call.text("ScopeId") + "'",
                "  attestation:",
                "    method: '"
                    + switch (way) {
                      case DPS_TPM -> "tpm";
                      case DPS_SYMMETRIC_KEY -> "symmetric_key";
                      default -> "x509";
                    }
                    + "'"));
        if (call.value("RegistrationId").isPresent()) {
          lines.add("    registration_id: '" + call.text("RegistrationId") + "'");
        }
        if (way == Way.DPS_SYMMETRIC_KEY) {
          lines.add("    symmetric_key: '" + call.text("SymmetricKey") + "'");
        }
        if (way == Way.DPS_X509) {
          identity(call, lines);
        }
        lines.add(reprovision);
        lines.add("  always_reprovision_on_startup: true");
      }
    }
    return lines;
  }

  private void identity(CmdletCall call, List<String> lines) {
    lines.add("    identity_cert: '" + uri(call.text("X509IdentityCertificate")) + "'");
    lines.add("    identity_pk: '" + uri(call.text("X509IdentityPrivateKey")) + "'");
  }

  private String uri(String path) {
    return "file:///" + files.full(path).replace('\\', '/').replace(" ", "%20");
  }
}
