package dev.edgefleet.inventory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Every device and group, in the order of the inventory files. */
public final class Inventory {
  private final SequencedMap<String, Device> devices;
  private final Map<String, Group> groups;

  Inventory(SequencedMap<String, Device> devices, Map<String, Group> groups) {
    this.devices = devices;
    this.groups = groups;
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
    SequencedSet<String> found = new LinkedHashSet<>();
    collect(group, found);
    return devices.keySet().stream().filter(found::contains).toList();
  }

  /** The devices that a pattern names, in inventory order of their first mention. */
  public List<Device> select(HostPattern pattern) {
    List<Device> selected = new ArrayList<>();
    pattern.names(this).forEach(name -> device(name).ifPresent(selected::add));
    return selected;
  }

  private void collect(String name, SequencedSet<String> found) {
    Group group = groups.get(name);
    if (group == null) {
      return;
    }
    found.addAll(group.devices());
    group.children().forEach(child -> collect(child, found));
  }
}
