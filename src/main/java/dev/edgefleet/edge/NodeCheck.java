package dev.edgefleet.edge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What the daemon refuses in a file that is well-formed YAML to others. */
final class NodeCheck {
  private static final String CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a";

  private final List<Line> lines;
  private final List<Finding> findings = new ArrayList<>();
  // Inside a text that spans lines a tab is content, not indentation.
  private final BitSet insideText = new BitSet();

  NodeCheck(List<Line> lines) {
    this.lines = lines;
  }

  List<Finding> check(MappingNode root) {
    visit(root);
    tabs();
    return findings;
  }

  private void visit(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getEndMark().isPresent()) {
      Mark end = scalar.getEndMark().get();
      int start = YamlText.line(scalar);
      insideText.set(start, Math.max(start, end.getLine() + (end.getColumn() > 0 ? 1 : 0)));
    }
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::entry);
    }
    if (!node.isRecursive()) {
      YamlText.children(node).forEach(this::visit);
    }
  }

  private void entry(NodeTuple tuple) {
    Node value = tuple.getValueNode();
    String key = YamlText.word(tuple.getKeyNode());
    if (YamlValue.of(value) instanceof YamlValue.Nothing) {
      findings.add(
          new Finding(
              YamlText.line(tuple.getKeyNode()),
              YamlText.column(tuple.getKeyNode()),
              "`" + key + ":` has no value, and the daemon stops at empty values",
              "Give it a value, indent what belongs to it, or comment it out"));
    }
    if (value instanceof ScalarNode scalar
        && scalar.isPlain()
        && !scalar.getValue().isEmpty()
        && CURLY_QUOTES.indexOf(scalar.getValue().charAt(0)) >= 0) {
      findings.add(
          new Finding(
              YamlText.line(value),
              YamlText.column(value),
              "`" + key + "` is written in typographic quotes, which are part of the value to YAML",
              "Use plain double quotes: \""));
    }
  }

  private void tabs() {
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      int content = 0;
      while (content < text.length() && text.charAt(content) == ' ') {
        content++;
      }
      if (content < text.length() && text.charAt(content) == '\t' && !insideText.get(i)) {
        findings.add(YamlFault.tab(i + 1));
      }
    }
  }
}
