package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what an executable prints: with {@code --list} groups, and the variables of all devices
 * under {@code _meta.hostvars}; without that with {@code --host NAME} those of each.
 */
final class ScriptInventory {
  private final InventoryBuilder builder;
  private final Vault vault;
  private final Set<String> hosts = new LinkedHashSet<>();

  ScriptInventory(InventoryBuilder builder, Vault vault) {
    this.builder = builder;
    this.vault = vault;
  }

  /**
   * @throws BadInput when it fails, takes too long or prints something else
   */
  void read(InventoryScript script) {
    YamlNode.Mapping root =
        script
            .json(List.of("--list"), vault)
            .orElseThrow(
                () ->
                    new BadInput(
                        "the inventory script " + script.file() + " --list printed nothing",
                        "it has to print a JSON object of groups"));
    Optional<YamlNode> variables = Optional.empty();
    for (YamlNode.Entry entry : root.entries()) {
      if (entry.key().equals("_meta")) {
        variables = mapping(entry.value(), "_meta").get("hostvars");
      } else {
        group(entry);
      }
    }
    Map<String, YamlNode.Mapping> byHost = new LinkedHashMap<>();
    variables.ifPresent(
        all ->
            mapping(all, "_meta.hostvars")
                .entries()
                .forEach(e -> byHost.put(e.key(), mapping(e.value(), e.key()))));
    for (String host : hosts) {
      Optional<YamlNode.Mapping> own =
          variables.isPresent()
              ? Optional.ofNullable(byHost.get(host))
              : script.json(List.of("--host", host), vault);
      own.ifPresent(
          map ->
              map.entries()
                  .forEach(
                      v -> builder.deviceVariable(host, v.key(), v.value().value(), v.keyPlace())));
    }
  }

  private void group(YamlNode.Entry entry) {
    String name = entry.key();
    builder.group(name);
    switch (entry.value()) {
      case YamlNode.Mapping group
          when Stream.of("hosts", "vars", "children").anyMatch(w -> group.get(w).isPresent()) -> {
        group.get("hosts").ifPresent(list -> texts(list, name).forEach(h -> host(name, h)));
        group.get("vars").ifPresent(vars -> variables(name, mapping(vars, name)));
        group.get("children").ifPresent(list -> texts(list, name).forEach(c -> child(name, c)));
      }
      // A device of the group's name, and its variables.
      case YamlNode.Mapping single -> {
        host(name, new YamlNode.Scalar(entry.keyPlace(), name, name, false));
        variables(name, single);
      }
      case YamlNode list -> texts(list, name).forEach(host -> host(name, host));
    }
  }

  private void host(String group, YamlNode.Scalar host) {
    hosts.add(host.text());
    builder.device(group, host.text(), OptionalInt.empty(), host.place());
  }

  private void child(String group, YamlNode.Scalar child) {
    builder.group(child.text());
    builder.child(group, child.text(), child.place());
  }

  private void variables(String group, YamlNode.Mapping variables) {
    for (YamlNode.Entry variable : variables.entries()) {
      builder.groupVariable(group, variable.key(), variable.value().value(), variable.keyPlace());
    }
  }

  private static List<YamlNode.Scalar> texts(YamlNode node, String group) {
    if (node instanceof YamlNode.Items items
        && items.items().stream()
            .allMatch(i -> i instanceof YamlNode.Scalar s && s.value() instanceof String)) {
      return items.items().stream().map(YamlNode.Scalar.class::cast).toList();
    }
    throw wrong(node.place(), "group '" + group + "' wants a list of names", node);
  }

  private static YamlNode.Mapping mapping(YamlNode node, String what) {
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw wrong(node.place(), "'" + what + "' wants an object", node);
  }

  private static BadInput wrong(Place place, String wanted, YamlNode found) {
    return new BadInput(
        Problem.at(place, wanted + ", found " + found.kind(), "mend what the script prints"));
  }
}
