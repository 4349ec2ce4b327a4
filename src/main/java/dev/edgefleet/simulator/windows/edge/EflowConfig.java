package dev.edgefleet.simulator.windows.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Provision-EflowVm leaves as configuration in the virtual machine. */
final class EflowConfig {
  static final String DIRECTORY = "/var/secrets";
  static final String KEY = DIRECTORY + "/private.key.pem";
  static final String CERTIFICATE = DIRECTORY + "/cert.pem";

  private EflowConfig() {}

  static String of(boolean toml, String type, CmdletCall call) {
    return toml ? toml(type, call) : yaml(type, call);
  }

  private static String method(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "dpstpm" -> "tpm";
      case "dpssymmetrickey" -> "symmetric_key";
      default -> "x509";
    };
  }

  private static String yaml(String type, CmdletCall call) {
    List<String> lines = new ArrayList<>(List.of("provisioning:"));
    boolean dps = type.toLowerCase(Locale.ROOT).startsWith("dps");
    lines.add("  source: \"" + (dps ? "dps" : "manual") + "\"");
    if (call.value("devConnString").isPresent()) {
      lines.add("  device_connection_string: \"" + call.text("devConnString") + "\"");
      return String.join("\n", lines) + "\n";
    }
    if (dps) {
      add(
          lines,
          "  global_endpoint: ",
          call.value("globalEndpoint").orElse("https://global.azure-devices-provisioning.net"));
      lines.add("  scope_id: \"" + call.text("scopeId") + "\"");
    }
    lines.add(dps ? "  attestation:" : "  authentication:");
    lines.add("    method: \"" + method(type) + "\"");
    add(lines, "    iothub_hostname: ", call.text("iotHubHostname"));
    add(lines, "    device_id: ", call.text("deviceId"));
    add(lines, "    registration_id: ", call.text("registrationId"));
    add(lines, "    symmetric_key: ", call.text("symmKey"));
    if (call.value("identityCertPath").isPresent()) {
      add(lines, "    identity_cert: ", "file://" + CERTIFICATE);
      add(lines, "    identity_pk: ", "file://" + KEY);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void add(List<String> lines, String key, String value) {
    if (!value.isEmpty()) {
      lines.add(key + "\"" + value + "\"");
    }
  }

  private static String toml(String type, CmdletCall call) {
    List<String> lines = new ArrayList<>(List.of("[provisioning]"));
    boolean dps = type.toLowerCase(Locale.ROOT).startsWith("dps");
    add(lines, "source = ", dps ? "dps" : "manual");
    add(lines, "connection_string = ", call.text("devConnString"));
    add(lines, "iothub_hostname = ", call.text("iotHubHostname"));
    add(lines, "device_id = ", call.text("deviceId"));
    add(lines, "id_scope = ", call.text("scopeId"));
    if (call.value("devConnString").isEmpty()) {
      lines.add(dps ? "[provisioning.attestation]" : "[provisioning.authentication]");
      add(lines, "method = ", method(type));
      add(lines, "registration_id = ", call.text("registrationId"));
      if (call.value("symmKey").isPresent()) {
        lines.add("symmetric_key = { value = \"" + call.text("symmKey") + "\" }");
      }
      if (call.value("identityCertPath").isPresent()) {
        add(lines, "identity_cert = ", "file://" + CERTIFICATE);
        add(lines, "identity_pk = ", "file://" + KEY);
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
