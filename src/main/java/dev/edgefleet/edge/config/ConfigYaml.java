package dev.edgefleet.edge.config;

import dev.edgefleet.failure.StepFailed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * The configuration of the IoT Edge 1.0/1.1 daemon, {@code /etc/iotedge/config.yaml}, byte for
 * byte. Immutable. An edit touches provisioning sections only, and is read back before it is given
 * out.
 */
public final class ConfigYaml {
  private static final List<String> SECTIONS =
      List.of("agent", "hostname", "connect", "listen", "homedir", "moby_runtime");

  private final byte[] bytes;

  private ConfigYaml(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes any bytes; whether they make sense shows when something is asked of them. */
  public static ConfigYaml parse(byte[] bytes) {
    return new ConfigYaml(bytes.clone());
  }

  /** As {@link #withManualX509(ManualX509, Optional)} where the daemon's version is not known. */
  public ConfigYaml withManualX509(ManualX509 wanted) {
    return withManualX509(wanted, Optional.empty());
  }

  /**
   * The file with exactly one provisioning section in force, the wanted one. Other sections in
   * force are commented out, a commented manual X.509 section is uncommented, one in force gets the
   * values in place. The same bytes when it already says so.
   *
   * @param iotedgeVersion what {@code iotedge version} prints, such as {@code iotedge 1.1.19}
   * @throws StepFailed when the daemon cannot do X.509, when it would refuse the file for a reason
   *     outside the provisioning sections, or when no edit could be verified
   */
  public ConfigYaml withManualX509(ManualX509 wanted, Optional<String> iotedgeVersion) {
    DaemonYaml before = DaemonYaml.read(bytes);
    List<ProvisioningBlock> blocks = BlockFinder.find(before);
    X509Support.require(iotedgeVersion, Line.join(before.lines()), blocks);
    if (EditCheck.differences(before, wanted).isEmpty()) {
      return this;
    }
    if (before.lines().isEmpty() && !before.faults().isEmpty()) {
      throw cannotEdit(before.faults());
    }
    DaemonYaml rest = withoutBlocks(before.lines(), blocks);
    List<ConfigFinding> outside = outside(before, rest);
    if (!outside.isEmpty()) {
      throw cannotEdit(outside);
    }
    if (before.faults().isEmpty()
        && !EditCheck.others(before, blocks).equals(EditCheck.others(rest))) {
      throw cannotEdit(
          List.of(
              new ConfigFinding(
                  blocks.isEmpty() ? 0 : blocks.getLast().first() + 1,
                  0,
                  "a provisioning section stands among the lines of another section",
                  "Move it to where the template has it")));
    }
    Map<ProvisioningKey, String> kept = EditCheck.kept(before, blocks);
    return firstVerified(candidates(before.lines(), blocks, wanted, kept), rest, wanted, kept);
  }

  /**
   * Sections that every template has in force and this file lacks; nothing when the daemon would
   * not read it. The daemon takes built-in values in their place, {@code localhost} as host name
   * among them.
   */
  public List<String> missingSections() {
    DaemonYaml yaml = DaemonYaml.read(bytes);
    return yaml.faults().isEmpty()
        ? SECTIONS.stream().filter(name -> yaml.sections(name).isEmpty()).toList()
        : List.of();
  }

  /** Whether the daemon reads exactly this provisioning from it, and from one section only. */
  public boolean provisionedAs(ManualX509 wanted) {
    return EditCheck.differences(DaemonYaml.read(bytes), wanted).isEmpty();
  }

  /**
   * Its settings by their path, such as {@code provisioning.source}; nothing when the daemon would
   * not read it, or when not exactly one provisioning section is in force.
   */
  public Map<String, String> settings() {
    DaemonYaml yaml = DaemonYaml.read(bytes);
    if (!yaml.faults().isEmpty() || yaml.sections("provisioning").size() != 1) {
      return Map.of();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    yaml.root().ifPresent(root -> collect("", root, settings));
    return settings;
  }

  private static void collect(String path, Node node, Map<String, String> settings) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String key = DaemonYaml.word(entry.getKeyNode());
        collect(path.isEmpty() ? key : path + "." + key, entry.getValueNode(), settings);
      }
    } else {
      settings.put(path, DaemonYaml.word(node));
    }
  }

  /** What the daemon would say of it. */
  public DaemonVerdict verdict() {
    return DaemonVerdict.of(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Configuration text in which keys, passwords and connection strings read {@code ***}. */
  public static String masked(String configText) {
    return MaskedConfig.text(configText);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigYaml config && Arrays.equals(config.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Never the text: it may hold a key. */
  @Override
  public String toString() {
    return "config.yaml, " + bytes.length + " bytes";
  }

  /** What is left of the file when its provisioning sections are blanked, lines in their place. */
  private static DaemonYaml withoutBlocks(List<Line> lines, List<ProvisioningBlock> blocks) {
    List<Line> rest = new ArrayList<>(lines);
    for (ProvisioningBlock block : blocks) {
      for (int i = block.first(); i < block.end(); i++) {
        rest.set(i, lines.get(i).withText(""));
      }
    }
    // An end mark ends a document; where the blanked sections were all of it there is none to end.
    DocumentMarks marks = DocumentMarks.of(lines);
    if (!marks.contentBehind()) {
      for (int i = marks.end(); i < lines.size(); i++) {
        if (lines.get(i).active()) {
          rest.set(i, lines.get(i).withText(""));
        }
      }
    }
    return DaemonYaml.read(Line.join(rest));
  }

  /** What keeps the daemon from reading the file whatever its provisioning sections say. */
  private static List<ConfigFinding> outside(DaemonYaml before, DaemonYaml rest) {
    DocumentMarks marks = DocumentMarks.of(before.lines());
    if (marks.contentBehind()) {
      return List.of(marks.second());
    }
    List<ConfigFinding> outside = new ArrayList<>(rest.faults());
    if (rest.root().filter(root -> root.getFlowStyle() == FlowStyle.FLOW).isPresent()) {
      outside.add(
          new ConfigFinding(
              rest.root().map(DaemonYaml::line).orElse(0),
              0,
              "the whole file stands in braces, and no section can be put beside that",
              "Write it as sections such as `agent:`, each with its settings indented below it"));
      return outside;
    }
    rest.sections("provisioning").stream()
        .map(
            section ->
                new ConfigFinding(
                    DaemonYaml.line(section.getKeyNode()),
                    0,
                    "a provisioning section in a form that is not edited",
                    "Write it as a `provisioning:` line with its settings indented below"))
        .forEach(outside::add);
    // On its own this is YAML; beside a section at the left margin it is not.
    rest.root().stream()
        .flatMap(root -> root.getValue().stream())
        .limit(1)
        .map(NodeTuple::getKeyNode)
        .filter(key -> DaemonYaml.column(key) > 1)
        .filter(key -> rest.lines().get(DaemonYaml.line(key) - 1).indented())
        .map(key -> YamlFault.shifted(rest.lines(), DaemonYaml.line(key) - 1))
        .forEach(outside::add);
    return outside;
  }

  /**
   * Edits in the order of how little they change; the whole new section comes last. Of each kind of
   * section only the first is tried: a file may hold hundreds.
   */
  private static Stream<ProvisioningEdit.Edited> candidates(
      List<Line> lines,
      List<ProvisioningBlock> blocks,
      ManualX509 wanted,
      Map<ProvisioningKey, String> kept) {
    Supplier<ProvisioningEdit> edit = () -> new ProvisioningEdit(lines, blocks, wanted, kept);
    Stream<Supplier<ProvisioningEdit.Edited>> enabling =
        Stream.of(
                blocks.reversed().stream().filter(ProvisioningBlock::activeX509).findFirst(),
                blocks.stream().filter(ProvisioningBlock::commentedX509).findFirst(),
                blocks.stream().filter(ProvisioningBlock::halfX509).findFirst())
            .flatMap(Optional::stream)
            .map(target -> () -> edit.get().enabling(target));
    Stream<Supplier<ProvisioningEdit.Edited>> writing =
        Stream.of(() -> edit.get().writing(), () -> edit.get().writingAtTheEnd());
    return Stream.concat(enabling, writing).map(Supplier::get);
  }

  private static ConfigYaml firstVerified(
      Stream<ProvisioningEdit.Edited> candidates,
      DaemonYaml rest,
      ManualX509 wanted,
      Map<ProvisioningKey, String> kept) {
    List<ConfigFinding> why = List.of();
    Iterator<ProvisioningEdit.Edited> each = candidates.iterator();
    while (each.hasNext()) {
      ProvisioningEdit.Edited candidate = each.next();
      DaemonYaml after = DaemonYaml.read(candidate.text());
      why = EditCheck.differences(after, wanted);
      if (why.isEmpty()
          && EditCheck.others(after).equals(EditCheck.others(rest))
          && EditCheck.keeps(after, kept)) {
        return new ConfigYaml(candidate.text().getBytes(StandardCharsets.UTF_8));
      }
      why = why.stream().map(candidate::inOldFile).toList();
    }
    throw cannotEdit(
        why.isEmpty()
            ? List.of(
                new ConfigFinding(
                    0, 0, "the edit would change what the daemon reads in other sections", ""))
            : why);
  }

  private static StepFailed cannotEdit(List<ConfigFinding> findings) {
    String found = String.join("; ", findings.stream().map(ConfigFinding::where).toList());
    String remedies =
        String.join(
            ". ",
            findings.stream()
                .map(ConfigFinding::remedy)
                .filter(r -> !r.isEmpty())
                .distinct()
                .toList());
    return new StepFailed(
        "config.yaml cannot be edited: " + found,
        remedies.isEmpty()
            ? "Repair the file by hand, or start from the template of the installed package"
            : remedies);
  }
}
