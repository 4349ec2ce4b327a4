package dev.edgefleet.edge.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Finds provisioning sections by their keys. Titles and the prose at the top of the file are no
 * anchors: they are worded differently in every version and mention the same words.
 */
final class BlockFinder {
  private static final Set<String> SECTIONS =
      Set.of(
          "agent",
          "allow_elevated_docker_permissions",
          "certificates",
          "connect",
          "homedir",
          "hostname",
          "listen",
          "moby_runtime",
          "watchdog");

  private final List<Line> lines;
  private final DocumentMarks marks;
  // Of each section in force that a parser found: where it begins, and where it ends.
  private final Map<Integer, Integer> known = new HashMap<>();

  private final int[] parents;
  private final BitSet insideBlock = new BitSet();

  private BlockFinder(DaemonYaml yaml) {
    this.lines = yaml.lines();
    this.parents = parents(lines);
    this.marks = DocumentMarks.of(lines);
    yaml.root().ifPresent(this::know);
  }

  static List<ProvisioningBlock> find(DaemonYaml yaml) {
    return new BlockFinder(yaml).blocks();
  }

  private void know(MappingNode root) {
    List<NodeTuple> sections = root.getValue();
    for (int i = 0; i < sections.size(); i++) {
      int first = DaemonYaml.line(sections.get(i).getKeyNode()) - 1;
      int end =
          i + 1 < sections.size()
              ? DaemonYaml.line(sections.get(i + 1).getKeyNode()) - 1
              : marks.end();
      while (end > first + 1 && !lines.get(end - 1).active()) {
        end--;
      }
      known.put(first, end);
    }
  }

  private List<ProvisioningBlock> blocks() {
    List<ProvisioningBlock> blocks = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      if (!header(from)) {
        from++;
        continue;
      }
      int end = end(from);
      ProvisioningBlock block = ProvisioningBlock.of(lines, from, end);
      if (block.headerActive() || block.anyActive() || !block.commented().isEmpty()) {
        blocks.add(block);
        insideBlock.set(from, end);
      }
      from = end;
    }
    return blocks;
  }

  private boolean header(int index) {
    Optional<KeyLine> line = provisioning(index);
    if (line.isEmpty()) {
      return false;
    }
    if (line.get().commented()) {
      return line.get().value().isEmpty();
    }
    return line.get().indentation().isEmpty() || !insideForeignSection(index);
  }

  /** A {@code provisioning:} that is shifted right, or somebody else's key of that name? */
  private boolean insideForeignSection(int index) {
    return parents[index] >= 0 && !insideBlock.get(parents[index]);
  }

  /** For each line the line in force above it that is less indented; -1 where there is none. */
  private static int[] parents(List<Line> lines) {
    int[] parents = new int[lines.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < parents.length; i++) {
      Line line = lines.get(i);
      boolean active = line.active();
      while (active
          && !open.isEmpty()
          && lines.get(open.peek()).indentation() >= line.indentation()) {
        open.pop();
      }
      parents[i] = open.isEmpty() ? -1 : open.peek();
      if (active) {
        open.push(i);
      }
    }
    return parents;
  }

  private Optional<KeyLine> provisioning(int index) {
    return KeyLine.parse(lines.get(index).text())
        .filter(line -> line.name().equals("provisioning"));
  }

  private int end(int first) {
    boolean headerActive = lines.get(first).active();
    boolean indented = false;
    boolean proseReached = false;
    int end = first + 1;
    for (int i = first + 1; i < marks.end(); i++) {
      Line line = lines.get(i);
      if (provisioning(i).isPresent()) {
        break;
      }
      if (i < known.getOrDefault(first, 0)) {
        end = i + 1;
        indented = true;
      } else if (line.active()) {
        if (known.containsKey(first) && indented) {
          break;
        }
        // Under a header in force whatever is indented belongs to it. Under one that is commented
        // out it may be somebody else's, unless it is one of its own words.
        boolean own =
            setting(line) && (headerActive ? line.indented() || !indented : !proseReached && line.indented());
        if (!own && !(headerActive && line.indented() && !otherSection(line))) {
          break;
        }
        indented |= line.indented();
        end = i + 1;
      } else if (setting(line)) {
        if (!proseReached) {
          end = i + 1;
        }
      } else {
        proseReached |= endsComments(line);
      }
    }
    return end;
  }

  /** A key of a provisioning section, in force or not, whatever its indentation. */
  private static boolean setting(Line line) {
    return KeyLine.parse(line.text()).flatMap(key -> ProvisioningKey.of(key.name())).isPresent();
  }

  /** A section of its own that was shifted right by mistake: not ours to comment out. */
  private static boolean otherSection(Line line) {
    return KeyLine.parse(line.text()).filter(key -> SECTIONS.contains(key.name())).isPresent();
  }

  /** A frame of hashes, or another section that is commented out. */
  private static boolean endsComments(Line line) {
    return line.text().startsWith("###")
        || KeyLine.parse(line.text())
            .filter(KeyLine::commented)
            .filter(key -> key.indentation().isEmpty() && key.value().isEmpty())
            .isPresent();
  }
}
