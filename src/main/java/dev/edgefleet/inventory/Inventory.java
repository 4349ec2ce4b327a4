package dev.edgefleet.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Every device and group, in the order of the inventory's sources. */
public final class Inventory {
  /** Names of the controller itself, which need not be in an inventory. */
  public static final List<String> LOCALHOST = List.of("localhost", "127.0.0.1", "::1");

  private final SequencedMap<String, Device> devices;
  private final Map<String, Group> groups;
  // Once for all: every device's variables show every group's members.
  private final Map<String, List<String>> members;
  private final InventorySources sources;
  private final InventoryAssembly assembly;

  Inventory(
      SequencedMap<String, Device> devices,
      Map<String, Group> groups,
      Map<String, List<String>> members,
      InventorySources sources,
      InventoryAssembly assembly) {
    this.devices = devices;
    this.groups = groups;
    this.members = members;
    this.sources = sources;
    this.assembly = assembly;
  }

  public List<Device> devices() {
    return List.copyOf(devices.values());
  }

  /** A device that is in the inventory. */
  public Optional<Device> device(String name) {
    return Optional.ofNullable(devices.get(name));
  }

  /**
   * The controller: the inventory's own entry for it, else one with {@code ansible_connection:
   * local} that is in no group and has the variables of {@code all}.
   *
   * @param name one of {@link #LOCALHOST}
   */
  public Device localhost(String name) {
    return device(name)
        .or(() -> devices.values().stream().filter(d -> LOCALHOST.contains(d.name())).findFirst())
        .orElseGet(() -> assembly.implicitLocalhost(name));
  }

  public Map<String, Group> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** Names of the group's devices: its own, then its children's, then their children's. */
  public List<String> members(String group) {
    return members.getOrDefault(group, List.of());
  }

  /** The members of every group. */
  public Map<String, List<String>> membersByGroup() {
    return Collections.unmodifiableMap(members);
  }

  /**
   * The devices that a pattern names, in the order of its terms.
   *
   * @throws dev.edgefleet.failure.BadInput when a term names nothing
   */
  public List<Device> select(HostPattern pattern) {
    List<Device> selected = new ArrayList<>();
    pattern
        .names(this)
        .forEach(name -> selected.add(device(name).orElseGet(() -> localhost(name))));
    return selected;
  }

  /**
   * The names of the devices that a pattern names.
   *
   * @throws dev.edgefleet.failure.BadInput when a term names nothing
   */
  public Set<String> names(HostPattern pattern) {
    return pattern.names(this);
  }

  /**
   * As {@link #select(HostPattern)}, those only that are among these names.
   *
   * @throws dev.edgefleet.failure.BadInput when a term names nothing
   */
  public List<Device> select(HostPattern pattern, Set<String> limited) {
    return select(pattern).stream().filter(device -> limited.contains(device.name())).toList();
  }

  /** A device's variables by name, each with where its value is from. */
  public List<DeviceVariable> explain(Device device) {
    return assembly.explain(device.name());
  }

  public InventorySources sources() {
    return sources;
  }
}
