package dev.edgefleet.edge.config;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What the daemon refuses in a file that is well-formed YAML to others. */
final class NodeCheck {
  private static final String CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a";

  private static final Set<String> TYPES =
      Set.of(
          "tag:yaml.org,2002:int",
          "tag:yaml.org,2002:float",
          "tag:yaml.org,2002:bool",
          "tag:yaml.org,2002:null");

  private final List<Line> lines;
  private final List<ConfigFinding> findings = new ArrayList<>();
  // Nodes are equal only to themselves.
  private final Set<Node> sections = new HashSet<>();
  // Inside a text that spans lines a tab is content, not indentation.
  private final BitSet insideText = new BitSet();

  NodeCheck(List<Line> lines) {
    this.lines = lines;
  }

  List<ConfigFinding> check(MappingNode root) {
    visit(root);
    spaces();
    // A section whose lines do not begin with spaces is empty; that follows from the former.
    if (findings.isEmpty()) {
      findings.addAll(EmptyValues.check(root));
    }
    return findings;
  }

  private void visit(Node node) {
    switch (node) {
      case ScalarNode scalar -> content(scalar);
      case MappingNode mapping -> {
        if (firstTime(mapping)) {
          mapping.getValue().forEach(this::entry);
        }
      }
      case SequenceNode sequence -> {
        if (firstTime(sequence)) {
          sequence.getValue().forEach(this::visit);
        }
      }
      default -> add(node, "a YAML construct that is not edited", "Write it out");
    }
  }

  /** A section that is met again through an alias could hold itself, or unfold without end. */
  private boolean firstTime(Node section) {
    if (sections.add(section)) {
      return true;
    }
    add(section, "this section is used again through a YAML alias", "Write it out in both places");
    return false;
  }

  private void content(ScalarNode scalar) {
    if (scalar.getEndMark().isPresent()) {
      Mark end = scalar.getEndMark().get();
      int start = DaemonYaml.line(scalar);
      insideText.set(start, Math.max(start, end.getLine() + (end.getColumn() > 0 ? 1 : 0)));
    }
    String tag = scalar.getTag().getValue();
    if (scalar.isPlain() && TYPES.contains(tag) && YamlValue.of(scalar) instanceof YamlValue.Text) {
      add(scalar, "the value does not fit its tag " + tag, "Leave the tag out");
    }
  }

  private void entry(NodeTuple tuple) {
    Node value = tuple.getValueNode();
    String key = DaemonYaml.word(tuple.getKeyNode());
    visit(tuple.getKeyNode());
    visit(value);
    if (value instanceof MappingNode mapping
        && mapping.getFlowStyle() == FlowStyle.FLOW
        && mapping.getValue().stream().anyMatch(e -> e.getKeyNode() instanceof MappingNode)) {
      findings.add(YamlFault.braces(DaemonYaml.line(value), DaemonYaml.column(value)));
    }
    if (value instanceof ScalarNode scalar
        && scalar.isPlain()
        && !scalar.getValue().isEmpty()
        && CURLY_QUOTES.indexOf(scalar.getValue().charAt(0)) >= 0) {
      add(
          value,
          "`" + key + "` is written in typographic quotes, which are part of the value to YAML",
          "Use plain double quotes: \"");
    }
  }

  private void add(Node at, String found, String remedy) {
    findings.add(new ConfigFinding(DaemonYaml.line(at), DaemonYaml.column(at), found, remedy));
  }

  private void spaces() {
    for (int i = 0; i < lines.size(); i++) {
      if (!insideText.get(i)) {
        WhiteSpace.before(lines.get(i), i + 1).ifPresent(findings::add);
      }
    }
  }
}
