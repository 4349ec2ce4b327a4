package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What the 1.1 daemon says of the content of a provisioning section. */
final class ProvisioningCheck {
  private static final Pattern PLACEHOLDER = Pattern.compile("<[^>]*>|\\{[a-z_]+\\}");
  private static final Pattern FILE_URI = Pattern.compile("file://(?:localhost)?/[^?#]+");

  private final List<Line> lines;
  private final List<ConfigFinding> refusals = new ArrayList<>();
  private final List<ConfigFinding> warnings = new ArrayList<>();

  ProvisioningCheck(List<Line> lines) {
    this.lines = lines;
  }

  List<ConfigFinding> refusals() {
    return refusals;
  }

  List<ConfigFinding> warnings() {
    return warnings;
  }

  void check(NodeTuple section) {
    if (!(section.getValueNode() instanceof MappingNode provisioning)) {
      refuse(
          section.getKeyNode(), "`provisioning:` holds no settings", "Write its settings below it");
      return;
    }
    readOtherwise(provisioning);
    flag(provisioning, "dynamic_reprovisioning");
    Optional<ScalarNode> source = scalar(provisioning, "source");
    switch (source.map(ScalarNode::getValue).orElse("manual")) {
      case "manual" -> manual(section.getKeyNode(), provisioning);
      case "dps" -> dps(section.getKeyNode(), provisioning);
      case "external" -> require(section.getKeyNode(), provisioning, "endpoint");
      default ->
          source.ifPresent(
              node ->
                  refuse(
                      node,
                      "`source: " + node.getValue() + "` is no provisioning mode",
                      "manual, dps or external"));
    }
  }

  private void manual(Node header, MappingNode provisioning) {
    Optional<Node> connection = value(provisioning, "device_connection_string");
    Optional<Node> authentication = value(provisioning, "authentication");
    if (connection.isPresent() && authentication.isPresent()) {
      refuse(
          header,
          "both device_connection_string and authentication are in force",
          "Comment out the one that does not apply");
    } else if (connection.isPresent()) {
      connectionString(connection.get());
    } else if (authentication.isEmpty()) {
      refuse(
          header,
          "neither device_connection_string nor authentication is set",
          "Set the one that applies");
    } else if (authentication.get() instanceof MappingNode settings) {
      authentication(header, settings);
    }
  }

  private void authentication(Node header, MappingNode settings) {
    String method = scalar(settings, "method").map(ScalarNode::getValue).orElse("");
    switch (method) {
      case "x509" -> {
        require(header, settings, "iothub_hostname");
        require(header, settings, "device_id");
        require(header, settings, "identity_cert");
        require(header, settings, "identity_pk");
        match(settings, "iothub_hostname", ManualX509.HOSTNAME, "is not a host name");
        match(settings, "device_id", ManualX509.DEVICE_ID, "is not a device id");
        uris(settings);
      }
      case "device_connection_string" -> {
        require(header, settings, "device_connection_string");
        scalar(settings, "device_connection_string").ifPresent(this::connectionString);
      }
      default ->
          refuse(header, "authentication has no usable method", "x509 or device_connection_string");
    }
  }

  private void dps(Node header, MappingNode provisioning) {
    require(header, provisioning, "global_endpoint");
    require(header, provisioning, "scope_id");
    Optional<Node> attestation = value(provisioning, "attestation");
    if (attestation.isEmpty()) {
      require(header, provisioning, "registration_id");
      return;
    }
    if (!(attestation.get() instanceof MappingNode settings)) {
      return;
    }
    switch (scalar(settings, "method").map(ScalarNode::getValue).orElse("")) {
      case "tpm" -> require(header, settings, "registration_id");
      case "symmetric_key" -> {
        require(header, settings, "registration_id");
        require(header, settings, "symmetric_key");
      }
      case "x509" -> {
        require(header, settings, "identity_cert");
        require(header, settings, "identity_pk");
        uris(settings);
      }
      default -> refuse(header, "attestation has no usable method", "tpm, symmetric_key or x509");
    }
  }

  private void connectionString(Node node) {
    if (placeholder(node)) {
      return;
    }
    String value = DaemonYaml.word(node);
    for (String part : List.of("HostName=", "DeviceId=", "SharedAccessKey=")) {
      if (!value.contains(part)) {
        refuse(
            node,
            "device_connection_string has no " + part.substring(0, part.length() - 1),
            "Copy the whole string from the hub and put it in double quotes");
        return;
      }
    }
  }

  private void flag(MappingNode settings, String key) {
    settings.getValue().reversed().stream()
        .filter(tuple -> key.equals(DaemonYaml.word(tuple.getKeyNode())))
        .findFirst()
        .filter(tuple -> !(YamlValue.of(tuple.getValueNode()) instanceof YamlValue.Flag))
        .ifPresent(
            tuple ->
                refuse(
                    tuple.getKeyNode(), key + " is neither true nor false", "Write one of these"));
  }

  private void uris(MappingNode settings) {
    match(settings, "identity_cert", FILE_URI, "is not a file URI");
    match(settings, "identity_pk", FILE_URI, "is not a file URI");
  }

  private void match(MappingNode settings, String key, Pattern form, String fault) {
    scalar(settings, key)
        .filter(node -> !form.matcher(node.getValue()).matches() && !placeholder(node))
        .ifPresent(
            node ->
                refuse(
                    node,
                    key + ": `" + node.getValue() + "` " + fault,
                    form == FILE_URI ? "Such as file:///etc/iotedge/identity/device-id.pem" : ""));
  }

  private void require(Node header, MappingNode settings, String key) {
    if (value(settings, key).isEmpty()) {
      refuse(header, key + " is missing", "Add it");
    }
  }

  /** What the daemon takes for something else than it looks like. */
  private void readOtherwise(MappingNode mapping) {
    for (NodeTuple tuple : mapping.getValue()) {
      String key = DaemonYaml.word(tuple.getKeyNode());
      Node value = tuple.getValueNode();
      if (value instanceof MappingNode inner) {
        readOtherwise(inner);
      } else if (value instanceof ScalarNode scalar) {
        readOtherwise(key, scalar);
      }
    }
  }

  private void readOtherwise(String key, ScalarNode scalar) {
    if (placeholder(scalar)) {
      refuse(scalar, key + " still holds the template's placeholder", "Put the device's own value");
    }
    if (!scalar.isPlain()) {
      return;
    }
    if (YamlValue.of(scalar) instanceof YamlValue.Numeral) {
      warn(
          scalar,
          key + ": an unquoted number, of which the daemon drops leading zeros and signs",
          "Put it in double quotes");
    }
    int line = DaemonYaml.line(scalar);
    if (YamlValue.of(scalar) instanceof YamlValue.Text && line > 0 && line <= lines.size()) {
      String tail =
          KeyLine.parse(lines.get(line - 1).text()).map(KeyLine::tail).orElse("").stripLeading();
      if (tail.length() > 1 && tail.charAt(0) == '#' && tail.charAt(1) != ' ') {
        warn(
            scalar,
            key + ": the value ends before ` #`; the rest of the line is a comment to the daemon",
            "Put the value in double quotes, or a space after #");
      }
    }
  }

  private static boolean placeholder(Node node) {
    return PLACEHOLDER.matcher(DaemonYaml.word(node)).matches();
  }

  private void refuse(Node at, String found, String remedy) {
    refusals.add(new ConfigFinding(DaemonYaml.line(at), DaemonYaml.column(at), found, remedy));
  }

  private void warn(Node at, String found, String remedy) {
    warnings.add(new ConfigFinding(DaemonYaml.line(at), DaemonYaml.column(at), found, remedy));
  }

  private static Optional<Node> value(MappingNode mapping, String key) {
    return mapping.getValue().reversed().stream()
        .filter(tuple -> key.equals(DaemonYaml.word(tuple.getKeyNode())))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .filter(value -> !EmptyValues.nothing(value));
  }

  private static Optional<ScalarNode> scalar(MappingNode mapping, String key) {
    return value(mapping, key).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast);
  }
}
