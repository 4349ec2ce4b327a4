package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What the IoT Edge 1.1 daemon would say of an {@code /etc/iotedge/config.yaml}.
 *
 * @param refusals why it would not start, each with its line; empty when it would
 * @param warnings what it reads otherwise than it looks, or would stumble over later
 */
public record DaemonVerdict(List<ConfigFinding> refusals, List<ConfigFinding> warnings) {
  /** Reads the file as the daemon does. Never throws. */
  public static DaemonVerdict of(byte[] config) {
    DaemonYaml yaml = DaemonYaml.read(config);
    List<ConfigFinding> refusals = new ArrayList<>(yaml.faults());
    List<ConfigFinding> warnings = new ArrayList<>();
    if (refusals.isEmpty()) {
      provisioning(yaml, refusals, warnings);
      hostname(yaml, warnings);
    }
    return new DaemonVerdict(List.copyOf(refusals), List.copyOf(warnings));
  }

  public boolean accepted() {
    return refusals.isEmpty();
  }

  private static void provisioning(
      DaemonYaml yaml, List<ConfigFinding> refusals, List<ConfigFinding> warnings) {
    List<NodeTuple> sections = yaml.sections("provisioning");
    if (sections.isEmpty()) {
      refusals.add(
          new ConfigFinding(
              0,
              0,
              "no `provisioning:` section is in force",
              "Uncomment the one that applies and fill it in"));
      return;
    }
    ProvisioningCheck check = new ProvisioningCheck(yaml.lines());
    check.check(sections.getLast());
    refusals.addAll(check.refusals());
    warnings.addAll(check.warnings());
    if (sections.size() > 1) {
      warnings.add(
          new ConfigFinding(
              DaemonYaml.line(sections.getFirst().getKeyNode()),
              0,
              sections.size()
                  + " `provisioning:` sections are in force; the daemon reads only the last, in"
                  + " line "
                  + DaemonYaml.line(sections.getLast().getKeyNode()),
              "Comment out all but one"));
    }
  }

  private static void hostname(DaemonYaml yaml, List<ConfigFinding> warnings) {
    for (NodeTuple section : yaml.sections("hostname")) {
      Node value = section.getValueNode();
      if (value instanceof ScalarNode scalar && scalar.getValue().startsWith("<")) {
        warnings.add(
            new ConfigFinding(
                DaemonYaml.line(value),
                DaemonYaml.column(value),
                "hostname still holds the template's placeholder",
                "Put the device's own host name"));
      }
    }
  }
}
