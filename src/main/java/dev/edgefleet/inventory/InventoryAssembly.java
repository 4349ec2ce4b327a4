package dev.edgefleet.inventory;

import static dev.edgefleet.inventory.InventoryBuilder.ALL;

import dev.edgefleet.failure.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges every device's variables, the later of these over the earlier: the inventory's for {@code
 * all}, then for its groups; {@code group_vars} of {@code all}, then of its groups, each beside the
 * inventory and then beside the playbook; the inventory's for the device; {@code host_vars} beside
 * the inventory, then beside the playbook. Groups count by depth, then by priority, then by name.
 */
final class InventoryAssembly {
  private final InventoryBuilder builder;
  private final VariableDirectories directories;
  private final Map<String, List<String>> members = new LinkedHashMap<>();
  private final Map<String, List<String>> groupsOf = new HashMap<>();
  // Most devices share their groups with many others.
  private final Map<List<String>, Map<String, @Nullable Object>> merged = new HashMap<>();

  /** Variables of one place, and who set them. */
  record Layer(String owner, Map<String, Variable> variables) {}

  InventoryAssembly(InventoryBuilder builder, VariableDirectories directories) {
    this.builder = builder;
    this.directories = directories;
    builder.groups().forEach(group -> members.put(group.name, membersOf(group.name)));
    for (InventoryBuilder.GroupEntry group : weakToStrong()) {
      if (!group.name.equals(ALL)) {
        for (String device : members.getOrDefault(group.name, List.of())) {
          groupsOf.computeIfAbsent(device, d -> new ArrayList<>()).add(group.name);
        }
      }
    }
  }

  Inventory inventory(List<Path> files, List<Path> ignored) {
    SequencedMap<String, Device> devices = new LinkedHashMap<>();
    builder.devices().forEach((name, own) -> devices.put(name, device(name, groupsOf(name), own)));
    Map<String, Group> groups = new LinkedHashMap<>();
    for (InventoryBuilder.GroupEntry group : builder.groups()) {
      groups.put(
          group.name,
          new Group(
              group.name,
              Collections.unmodifiableSet(group.devices),
              Collections.unmodifiableSet(group.children),
              values(layersOf(group)),
              group.priority));
    }
    Set<Path> all = new LinkedHashSet<>(files);
    all.addAll(directories.files());
    Set<String> names = new LinkedHashSet<>(devices.keySet());
    names.addAll(Inventory.LOCALHOST);
    InventorySources sources =
        new InventorySources(
            List.copyOf(all), List.copyOf(ignored), directories.unmatched(groups.keySet(), names));
    return new Inventory(devices, groups, members, sources, this);
  }

  /** The controller itself, for an inventory that does not name it. */
  Device implicitLocalhost(String name) {
    return device(name, List.of(), local());
  }

  /** Each variable of a device with where its value is from, by name. */
  List<DeviceVariable> explain(String name) {
    Map<String, DeviceVariable> variables = new HashMap<>();
    Map<String, Variable> own = builder.devices().getOrDefault(name, local());
    List<Layer> layers = new ArrayList<>(groupLayers(groupsOf(name)));
    layers.addAll(deviceLayers(name, own));
    for (Layer layer : layers) {
      layer.variables.forEach(
          (key, variable) ->
              variables.put(
                  key, new DeviceVariable(key, variable.value(), layer.owner, variable.place())));
    }
    return variables.values().stream().sorted(Comparator.comparing(DeviceVariable::name)).toList();
  }

  private Device device(String name, List<String> groups, Map<String, Variable> own) {
    Map<String, @Nullable Object> variables =
        new LinkedHashMap<>(merged.computeIfAbsent(groups, g -> values(groupLayers(g))));
    variables.putAll(values(deviceLayers(name, own)));
    return new Device(
        name, groups.stream().sorted().toList(), Collections.unmodifiableMap(variables));
  }

  private List<String> groupsOf(String device) {
    return groupsOf.getOrDefault(device, List.of());
  }

  private List<Layer> groupLayers(List<String> groups) {
    List<Layer> layers = new ArrayList<>();
    layers.add(layer(ALL, builder.group(ALL).variables));
    groups.forEach(group -> layers.add(layer(group, builder.group(group).variables)));
    besideInventories(List.of(ALL), layers);
    layers.add(layer(ALL, directories.ofGroupBesidePlaybook(ALL)));
    besideInventories(groups, layers);
    groups.forEach(group -> layers.add(layer(group, directories.ofGroupBesidePlaybook(group))));
    return layers;
  }

  // All groups of one source, then of the next: the later source wins over a nearer group.
  private void besideInventories(List<String> groups, List<Layer> layers) {
    for (int i = 0; i < directories.inventories(); i++) {
      for (String group : groups) {
        layers.add(layer(group, directories.ofGroupBesideInventories(group).get(i)));
      }
    }
  }

  private List<Layer> layersOf(InventoryBuilder.GroupEntry group) {
    List<Layer> layers = new ArrayList<>();
    layers.add(layer(group.name, group.variables));
    besideInventories(List.of(group.name), layers);
    layers.add(layer(group.name, directories.ofGroupBesidePlaybook(group.name)));
    return layers;
  }

  private List<Layer> deviceLayers(String name, Map<String, Variable> own) {
    String owner = "device " + name;
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer(owner, own));
    directories.ofDevice(name).forEach(variables -> layers.add(new Layer(owner, variables)));
    return layers;
  }

  private static Layer layer(String group, Map<String, Variable> variables) {
    return new Layer("group " + group, variables);
  }

  private static Map<String, @Nullable Object> values(List<Layer> layers) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Layer layer : layers) {
      layer.variables.forEach((name, variable) -> values.put(name, variable.value()));
    }
    return values;
  }

  private static Map<String, Variable> local() {
    return Map.of(
        "ansible_connection", new Variable("local", new Place("(implicit localhost)", 1, 1)));
  }

  // Level by level: the group's own devices, its children's, their children's.
  private List<String> membersOf(String name) {
    Set<String> found = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>(Set.of(name));
    List<String> level = List.of(name);
    while (!level.isEmpty()) {
      List<String> next = new ArrayList<>();
      for (String group : level) {
        InventoryBuilder.GroupEntry entry = builder.group(group);
        found.addAll(entry.devices);
        entry.children.stream().filter(seen::add).forEach(next::add);
      }
      level = next;
    }
    return List.copyOf(found);
  }

  private List<InventoryBuilder.GroupEntry> weakToStrong() {
    Map<String, List<String>> parents = new HashMap<>();
    for (InventoryBuilder.GroupEntry group : builder.groups()) {
      group.children.forEach(
          child -> parents.computeIfAbsent(child, c -> new ArrayList<>()).add(group.name));
    }
    Map<String, Integer> depths = new HashMap<>();
    builder.groups().forEach(group -> depth(group.name, parents, depths));
    return builder.groups().stream()
        .sorted(
            Comparator.comparingInt(
                    (InventoryBuilder.GroupEntry g) -> depths.getOrDefault(g.name, 0))
                .thenComparingInt(g -> g.priority)
                .thenComparing(g -> g.name))
        .toList();
  }

  /** The longest way up to {@code all}. */
  private static int depth(
      String group, Map<String, List<String>> parents, Map<String, Integer> depths) {
    Integer known = depths.get(group);
    if (known != null) {
      return known;
    }
    int depth = 0;
    for (String parent : parents.getOrDefault(group, List.of())) {
      depth = Math.max(depth, depth(parent, parents, depths) + 1);
    }
    depths.put(group, depth);
    return depth;
  }
}
