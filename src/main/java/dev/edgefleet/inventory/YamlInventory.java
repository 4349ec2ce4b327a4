package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.yaml.YamlNode;
import java.util.List;
import java.util.Set;

/** Reads groups with {@code hosts}, {@code children} and {@code vars} from a YAML document. */
final class YamlInventory {
  private static final Set<String> GROUP_WORDS = Set.of("hosts", "children", "vars");

  private final InventoryBuilder builder;

  YamlInventory(InventoryBuilder builder) {
    this.builder = builder;
  }

  void read(YamlNode root) {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      builder.problem(
          root.place(),
          "an inventory is a mapping of groups, found " + root.kind(),
          "start with 'all:' and put 'hosts:' or 'children:' under it");
      return;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      if (entry.key().equals("plugin") && entry.value() instanceof YamlNode.Scalar name) {
        builder.problem(
            entry.keyPlace(),
            "this configures the inventory plugin '" + name.text() + "', which edgefleet has not",
            "write the devices down, or give an executable that prints them as JSON");
        return;
      }
    }
    mapping.entries().forEach(this::group);
  }

  private void group(YamlNode.Entry entry) {
    String name = entry.key();
    builder.group(name);
    for (YamlNode.Entry word : mapping(entry)) {
      switch (word.key()) {
        case "hosts" -> names(word).forEach(host -> hosts(name, host));
        case "children" -> {
          for (YamlNode.Entry child : names(word)) {
            builder.group(child.key());
            builder.child(name, child.key(), child.keyPlace());
            group(child);
          }
        }
        case "vars" -> {
          for (YamlNode.Entry variable : mapping(word)) {
            builder.groupVariable(
                name, variable.key(), variable.value().value(), variable.keyPlace());
          }
        }
        default ->
            builder.problem(
                word.keyPlace(),
                "unknown word '" + word.key() + "' in group '" + name + "'",
                Nearest.remedy(word.key(), GROUP_WORDS));
      }
    }
  }

  private void hosts(String group, YamlNode.Entry host) {
    HostEntry hosts;
    try {
      hosts = HostEntry.of(host.key());
    } catch (BadInput e) {
      builder.problems().addAll(e.at(host.keyPlace()).problems());
      return;
    }
    List<YamlNode.Entry> variables = mapping(host);
    for (String name : hosts.names()) {
      builder.device(group, name, hosts.port(), host.keyPlace());
      for (YamlNode.Entry variable : variables) {
        builder.deviceVariable(name, variable.key(), variable.value().value(), variable.keyPlace());
      }
    }
  }

  // One name may stand for a mapping of it: "hosts: edge01".
  private List<YamlNode.Entry> names(YamlNode.Entry entry) {
    if (entry.value() instanceof YamlNode.Scalar scalar && scalar.value() instanceof String name) {
      YamlNode nothing = new YamlNode.Scalar(scalar.place(), null, "", true);
      return List.of(new YamlNode.Entry(name, scalar.place(), nothing));
    }
    return mapping(entry);
  }

  // A name with nothing after it ("edge1:") stands for an empty mapping.
  private List<YamlNode.Entry> mapping(YamlNode.Entry entry) {
    return switch (entry.value()) {
      case YamlNode.Mapping mapping -> mapping.entries();
      case YamlNode.Scalar scalar when scalar.value() == null -> List.of();
      default -> {
        builder.problem(
            entry.value().place(),
            "'" + entry.key() + "' holds names, each ending in ':', found " + entry.value().kind(),
            "write every name as '" + firstWord(entry.value()) + ":' on a line of its own");
        yield List.of();
      }
    };
  }

  private static String firstWord(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> scalar.text().split("\\s", 2)[0];
      case YamlNode.Items items when !items.items().isEmpty() ->
          firstWord(items.items().getFirst());
      default -> "name";
    };
  }
}
