package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Settings that may not be there without a value. A key that is missing gets the daemon's built-in
 * value; one that is empty overrides it with nothing, and where something is needed the daemon
 * stops. All other empty values it reads as if they were not there. The provisioning section has
 * its own check.
 */
final class EmptyValues {
  // Which they are was found out from the daemon's settings, 1.1.19, by emptying each.
  private static final Set<String> NEEDED =
      Set.of(
          "agent",
          "agent.name",
          "agent.type",
          "agent.env",
          "agent.config",
          "agent.config.image",
          "agent.config.createOptions",
          "agent.imagePullPolicy",
          "hostname",
          "connect",
          "connect.management_uri",
          "connect.workload_uri",
          "listen",
          "listen.management_uri",
          "listen.workload_uri",
          "listen.min_tls_version",
          "homedir",
          "moby_runtime",
          "moby_runtime.uri",
          "moby_runtime.network",
          "moby_runtime.network.name",
          "certificates.auto_generated_ca_lifetime_days",
          "watchdog");

  private EmptyValues() {}

  static List<ConfigFinding> check(MappingNode root) {
    List<ConfigFinding> findings = new ArrayList<>();
    check("", root, findings);
    return findings;
  }

  // No needed setting is deeper than three keys, so that an alias cannot lead on for ever.
  private static void check(String above, MappingNode section, List<ConfigFinding> findings) {
    Map<String, NodeTuple> last = new LinkedHashMap<>();
    section.getValue().forEach(tuple -> last.put(DaemonYaml.word(tuple.getKeyNode()), tuple));
    last.forEach(
        (key, tuple) -> {
          String path = above + key;
          Node value = tuple.getValueNode();
          if (value instanceof MappingNode inner && depth(path) < 3) {
            check(path + ".", inner, findings);
          } else if (NEEDED.contains(path) && nothing(value)) {
            findings.add(
                new ConfigFinding(
                    DaemonYaml.line(tuple.getKeyNode()),
                    DaemonYaml.column(tuple.getKeyNode()),
                    "`" + key + ":` has no value, and the daemon does not start without one",
                    "Give it a value, indent what belongs to it, or comment it out"));
          }
        });
  }

  private static int depth(String path) {
    return 1 + (int) path.chars().filter(c -> c == '.').count();
  }

  static boolean nothing(Node value) {
    return YamlValue.of(value) instanceof YamlValue.Nothing;
  }
}
