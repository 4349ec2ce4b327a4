package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Reads a configuration back and says whether the daemon would read from it what is wanted, and
 * nothing else.
 */
final class EditCheck {
  private static final Set<String> BESIDE =
      Set.of(
          ProvisioningKey.SOURCE.word(),
          ProvisioningKey.AUTHENTICATION.word(),
          ProvisioningKey.DYNAMIC_REPROVISIONING.word(),
          ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP.word());

  private EditCheck() {}

  /**
   * What is in force beside the identity and has to stay so.
   *
   * @return settings with {@code true} or {@code false}
   */
  static Map<ProvisioningKey, String> kept(DaemonYaml yaml, List<ProvisioningBlock> blocks) {
    Map<ProvisioningKey, String> kept = new EnumMap<>(ProvisioningKey.class);
    List<NodeTuple> sections = yaml.sections("provisioning");
    for (ProvisioningKey key :
        List.of(
            ProvisioningKey.DYNAMIC_REPROVISIONING,
            ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP)) {
      if (!sections.isEmpty()) {
        if (YamlValue.of(sections.getLast().getValueNode())
                instanceof YamlValue.Entries(Map<String, YamlValue> values)
            && values.get(key.word()) instanceof YamlValue.Flag(boolean flag)) {
          kept.put(key, String.valueOf(flag));
        }
      } else {
        // A file that cannot be read yet: as far as it stands in one line.
        blocks.reversed().stream()
            .filter(ProvisioningBlock::headerActive)
            .findFirst()
            .map(block -> block.active().get(key))
            .filter(value -> value.equals("true") || value.equals("false"))
            .ifPresent(value -> kept.put(key, value));
      }
    }
    return kept;
  }

  /** Why this is not the wanted provisioning; empty when it is. */
  static List<ConfigFinding> differences(DaemonYaml yaml, ManualX509 wanted) {
    List<ConfigFinding> differences = new ArrayList<>(yaml.faults());
    if (!differences.isEmpty()) {
      return differences;
    }
    List<NodeTuple> sections = yaml.sections("provisioning");
    if (sections.size() != 1) {
      differences.add(
          new ConfigFinding(
              0, 0, sections.size() + " provisioning sections are in force instead of one", ""));
      return differences;
    }
    Node section = sections.getFirst().getValueNode();
    if (repeats(section)) {
      differences.add(at(section, "a provisioning setting stands twice"));
    }
    if (!asWanted(YamlValue.of(section), wanted)) {
      differences.add(at(section, "the provisioning section does not read as wanted"));
    }
    return differences;
  }

  /** Every section but provisioning, as the daemon reads it. */
  static Map<String, YamlValue> others(DaemonYaml yaml) {
    return others(yaml, List.of());
  }

  /**
   * Every section but provisioning, as the daemon reads it. Settings that slipped out of the
   * provisioning section to the left margin, and stand among its lines, do not count: they mean
   * nothing there.
   */
  static Map<String, YamlValue> others(DaemonYaml yaml, List<ProvisioningBlock> blocks) {
    Map<String, YamlValue> others = new LinkedHashMap<>();
    yaml.root().stream()
        .flatMap(root -> root.getValue().stream())
        .filter(section -> !DaemonYaml.word(section.getKeyNode()).equals("provisioning"))
        .filter(section -> !slipped(section, blocks))
        .forEach(
            section ->
                others.put(
                    DaemonYaml.word(section.getKeyNode()), YamlValue.of(section.getValueNode())));
    return others;
  }

  /** Whether what was in force beside the identity is so still. */
  static boolean keeps(DaemonYaml yaml, Map<ProvisioningKey, String> kept) {
    Map<ProvisioningKey, String> now = kept(yaml, List.of());
    return kept.entrySet().stream()
        .allMatch(
            entry ->
                entry
                    .getValue()
                    .equals(
                        now.getOrDefault(
                            entry.getKey(), ProvisioningEdit.DEFAULTS.get(entry.getKey()))));
  }

  private static boolean slipped(NodeTuple section, List<ProvisioningBlock> blocks) {
    int index = DaemonYaml.line(section.getKeyNode()) - 1;
    return ProvisioningKey.of(DaemonYaml.word(section.getKeyNode())).isPresent()
        && blocks.stream().anyMatch(block -> block.first() <= index && index < block.end());
  }

  private static boolean asWanted(YamlValue section, ManualX509 wanted) {
    YamlValue authentication =
        new YamlValue.Entries(
            Map.of(
                "method", new YamlValue.Text("x509"),
                "iothub_hostname", new YamlValue.Text(wanted.iothubHostname()),
                "device_id", new YamlValue.Text(wanted.deviceId()),
                "identity_cert", new YamlValue.Text(wanted.identityCert()),
                "identity_pk", new YamlValue.Text(wanted.identityPk())));
    return section instanceof YamlValue.Entries(Map<String, YamlValue> values)
        && BESIDE.containsAll(values.keySet())
        && new YamlValue.Text("manual").equals(values.get("source"))
        && authentication.equals(values.get("authentication"))
        && flag(values, ProvisioningKey.DYNAMIC_REPROVISIONING)
        && flag(values, ProvisioningKey.ALWAYS_REPROVISION_ON_STARTUP);
  }

  private static boolean flag(Map<String, YamlValue> values, ProvisioningKey key) {
    YamlValue value = values.get(key.word());
    return value == null || value instanceof YamlValue.Flag;
  }

  private static boolean repeats(Node node) {
    if (node instanceof MappingNode mapping) {
      Set<String> seen = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!seen.add(DaemonYaml.word(tuple.getKeyNode())) || repeats(tuple.getValueNode())) {
          return true;
        }
      }
    }
    return false;
  }

  private static ConfigFinding at(Node node, String found) {
    return new ConfigFinding(DaemonYaml.line(node), 0, found, "");
  }
}
