package dev.edgefleet.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Every device and group, in the order of the inventory files. */
public final class Inventory {
  private final SequencedMap<String, Device> devices;
  private final Map<String, Group> groups;
  private final Map<String, List<String>> members = new LinkedHashMap<>();

  Inventory(SequencedMap<String, Device> devices, Map<String, Group> groups) {
    this.devices = devices;
    this.groups = groups;
    // Once for all: every device's variables show every group's members.
    for (String group : groups.keySet()) {
      Set<String> found = new HashSet<>();
      collect(group, found);
      members.put(group, devices.keySet().stream().filter(found::contains).toList());
    }
  }

  public List<Device> devices() {
    return List.copyOf(devices.values());
  }

  public Optional<Device> device(String name) {
    return Optional.ofNullable(devices.get(name));
  }

  public Map<String, Group> groups() {
    return groups;
  }

  /** Names of the group's devices, its children's included, in inventory order. */
  public List<String> members(String group) {
    return members.getOrDefault(group, List.of());
  }

  /** The members of every group. */
  public Map<String, List<String>> membersByGroup() {
    return Collections.unmodifiableMap(members);
  }

  /** The devices that a pattern names, in inventory order of their first mention. */
  public List<Device> select(HostPattern pattern) {
    List<Device> selected = new ArrayList<>();
    pattern.names(this).forEach(name -> device(name).ifPresent(selected::add));
    return selected;
  }

  private void collect(String name, Set<String> found) {
    Group group = groups.get(name);
    if (group == null) {
      return;
    }
    found.addAll(group.devices());
    group.children().forEach(child -> collect(child, found));
  }
}
