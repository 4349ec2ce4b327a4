package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A configuration file read as the daemon's YAML parser (yaml-rust 0.4) would, or stricter.
 *
 * @param lines its lines; empty when it is not text
 * @param root the top-level mapping; duplicate keys are all in it, in order
 * @param faults why the daemon would not read it
 */
record DaemonYaml(List<Line> lines, Optional<MappingNode> root, List<ConfigFinding> faults) {
  static DaemonYaml read(byte[] bytes) {
    Optional<String> text = TextCheck.decode(bytes);
    if (text.isEmpty()) {
      return new DaemonYaml(List.of(), Optional.empty(), List.of(TextCheck.notUtf8(bytes)));
    }
    return read(text.get());
  }

  static DaemonYaml read(String text) {
    List<Line> lines = Line.split(text);
    List<ConfigFinding> faults = new ArrayList<>(TextCheck.characters(text, lines));
    Optional<MappingNode> root = Optional.empty();
    if (faults.isEmpty()) {
      root = parse(text, lines, faults);
    }
    root.ifPresent(mapping -> faults.addAll(new NodeCheck(lines).check(mapping)));
    return new DaemonYaml(lines, root, List.copyOf(faults));
  }

  private static Optional<MappingNode> parse(
      String text, List<Line> lines, List<ConfigFinding> faults) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setUseMarks(true)
            .build();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        return Optional.empty();
      }
      Node document = documents.next();
      if (documents.hasNext()) {
        faults.add(DocumentMarks.of(lines).second());
      }
      if (document instanceof MappingNode mapping) {
        return Optional.of(mapping);
      }
      // `---` and nothing else.
      if (!(document instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
        faults.add(
            new ConfigFinding(
                line(document),
                0,
                "not a `key: value` section",
                "Write the file as sections such as `agent:`, each with its settings indented below"
                    + " it"));
      }
    } catch (MarkedYamlEngineException e) {
      faults.add(YamlFault.explain(e, lines));
    } catch (YamlEngineException e) {
      faults.add(new ConfigFinding(0, 0, "not YAML: " + e.getMessage(), ""));
    }
    return Optional.empty();
  }

  /** The top-level entries whose key is {@code name}. */
  List<NodeTuple> sections(String name) {
    return root.stream()
        .flatMap(mapping -> mapping.getValue().stream())
        .filter(tuple -> name.equals(word(tuple.getKeyNode())))
        .toList();
  }

  /** A scalar's text; empty for anything else. */
  static String word(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
  }
}
