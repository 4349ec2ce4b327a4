package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What the daemon makes of a YAML value. Its parser does not follow a YAML schema: {@code yes} is a
 * text to it, {@code 00123} the number 123, {@code inf} a number.
 */
sealed interface YamlValue {
  record Text(String value) implements YamlValue {}

  record Flag(boolean value) implements YamlValue {}

  /**
   * @param written as it stands in the file
   */
  record Numeral(String written) implements YamlValue {}

  /** No value, {@code ~} or {@code null}: the daemon refuses the whole file. */
  record Nothing() implements YamlValue {}

  record Items(List<YamlValue> values) implements YamlValue {}

  /** Of two equal keys the last one is kept, as the daemon does. */
  record Entries(Map<String, YamlValue> values) implements YamlValue {}

  /** Something with a tag of its own. */
  record Tagged(String tag) implements YamlValue {}

  Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0x[-+]?[0-9A-Fa-f]+|0o[-+]?[0-7]+");
  Pattern REAL =
      Pattern.compile(
          "[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
              + "|(?i:[-+]?(?:\\.?inf|\\.?nan|infinity))");

  static YamlValue of(Node node) {
    return switch (node) {
      case MappingNode mapping -> {
        Map<String, YamlValue> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
          values.put(DaemonYaml.word(tuple.getKeyNode()), of(tuple.getValueNode()));
        }
        yield new Entries(values);
      }
      case SequenceNode sequence -> {
        List<YamlValue> values = new ArrayList<>();
        sequence.getValue().forEach(item -> values.add(of(item)));
        yield new Items(values);
      }
      case ScalarNode scalar -> ofScalar(scalar);
      default -> new Tagged(node.getTag().getValue());
    };
  }

  private static YamlValue ofScalar(ScalarNode scalar) {
    String value = scalar.getValue();
    String tag = scalar.getTag().getValue();
    if (!scalar.isPlain()) {
      return new Text(value);
    }
    if (!tag.startsWith("tag:yaml.org,2002:")) {
      return new Tagged(tag);
    }
    if (value.isEmpty() || value.equals("~") || value.equals("null")) {
      return new Nothing();
    }
    if (value.equals("true") || value.equals("false")) {
      return new Flag(value.equals("true"));
    }
    if (INTEGER.matcher(value).matches() || REAL.matcher(value).matches()) {
      return new Numeral(value);
    }
    return new Text(value);
  }
}
