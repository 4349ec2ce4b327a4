package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.edge.ProvisioningMethod;
import dev.edgefleet.remote.program.CmdletResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an EFLOW machine's configuration says of its identity: config.toml from IoT Edge 1.2 on,
 * config.yaml before. Names of the two that differ are those of config.yaml.
 *
 * @param settings of the provisioning section, by their last word; later ones win, as there
 */
record EflowConfigFile(Map<String, String> settings) {
  private static final Pattern SETTING =
      Pattern.compile("^\\s*([a-z0-9_]+)\\s*[:=]\\s*[\"']?([^\"'#]*?)[\"']?\\s*$");

  private static final Map<String, String> NAMES =
      Map.of("id_scope", "scope_id", "connection_string", "device_connection_string");

  /** Empty when the machine shows neither. */
  static Optional<EflowConfigFile> read(ActionContext context) {
    for (String file : new String[] {"/etc/aziot/config.toml", "/etc/iotedge/config.yaml"}) {
      CmdletResult shown = Eflow.lookInVm("sudo cat " + file, context);
      if (shown.ok()) {
        return Optional.of(of(shown.output()));
      }
    }
    return Optional.empty();
  }

  static EflowConfigFile of(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    boolean within = false;
    for (String line : text.lines().toList()) {
      if (line.matches("^(\\[|[a-z_]+\\s*:).*")) {
        within = line.matches("^(\\[provisioning[\\].].*|provisioning\\s*:.*)");
      }
      Matcher setting = SETTING.matcher(line);
      if (within && setting.matches()) {
        String name = setting.group(1);
        settings.put(NAMES.getOrDefault(name, name), setting.group(2));
      }
    }
    return new EflowConfigFile(settings);
  }

  /** Whether it says the same, but for where the files are: that is the machine's own affair. */
  boolean saysAsMuchAs(ProvisioningMethod enrolment) {
    return enrolment.inConfig().entrySet().stream()
        .map(wanted -> Map.entry(last(wanted.getKey()), wanted.getValue()))
        .filter(wanted -> !wanted.getKey().startsWith("identity_"))
        .allMatch(wanted -> wanted.getValue().equals(settings.get(wanted.getKey())));
  }

  /** Path of the certificate in the machine. */
  Optional<String> certificate() {
    return path("identity_cert");
  }

  /** Path of its key in the machine. */
  Optional<String> privateKey() {
    return path("identity_pk");
  }

  private Optional<String> path(String name) {
    return Optional.ofNullable(settings.get(name))
        .map(uri -> uri.replaceFirst("^file://", ""))
        .filter(path -> path.matches("/[A-Za-z0-9._/@+-]+"));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
