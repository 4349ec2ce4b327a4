package dev.edgefleet.inventory;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects groups, devices and variables from any number of sources, later ones over earlier. */
final class InventoryBuilder {
  static final String ALL = "all";
  static final String UNGROUPED = "ungrouped";
  private static final Pattern PATH = Pattern.compile("[/\\\\\\x00]");
  private static final String PRIORITY = "ansible_group_priority";

  private final SequencedMap<String, GroupEntry> groups = new LinkedHashMap<>();
  private final SequencedMap<String, Map<String, Variable>> devices = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable String sourceFile;
  private @Nullable String sourceDirectory;

  /** A group while it is collected. */
  static final class GroupEntry {
    final String name;
    final Set<String> devices = new LinkedHashSet<>();
    final Set<String> children = new LinkedHashSet<>();
    final Map<String, Variable> variables = new LinkedHashMap<>();
    int priority = 1;

    GroupEntry(String name) {
      this.name = name;
    }
  }

  InventoryBuilder() {
    group(ALL).children.add(UNGROUPED);
    group(UNGROUPED);
  }

  List<Problem> problems() {
    return problems;
  }

  void problem(Place place, String found, String remedy) {
    problems.add(Problem.at(place, found, remedy));
  }

  /** What is read from now on is from here; devices tell their playbook of it. */
  void source(String file, @Nullable String directory) {
    sourceFile = file;
    sourceDirectory = directory;
  }

  boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  boolean hasDevice(String name) {
    return devices.containsKey(name);
  }

  GroupEntry group(String name) {
    return groups.computeIfAbsent(name, GroupEntry::new);
  }

  /** Both groups have to be there already. */
  void child(String parent, String child, Place place) {
    if (below(child).contains(parent)) {
      problem(
          place,
          child.equals(parent)
              ? "group '" + child + "' is its own child"
              : "group '"
                  + child
                  + "' is a child of '"
                  + parent
                  + "', which is below '"
                  + child
                  + "'",
          "break the circle");
      return;
    }
    group(parent).children.add(child);
  }

  void groupVariable(String group, String name, @Nullable Object value, Place place) {
    if (name.equals(PRIORITY)) {
      OptionalInt priority = whole(value);
      if (priority.isEmpty()) {
        problem(place, PRIORITY + " is '" + value + "'", "give a whole number");
      }
      group(group).priority = priority.orElse(1);
    } else {
      group(group).variables.put(name, new Variable(value, place));
    }
  }

  /** Adds a device to a group; the port counts where it is first named. */
  void device(String group, String name, OptionalInt port, Place place) {
    devices.computeIfAbsent(name, n -> newDevice(n, port, place));
    group(group).devices.add(name);
  }

  void deviceVariable(String device, String name, @Nullable Object value, Place place) {
    devices
        .computeIfAbsent(device, n -> undeclaredDevice(n, place))
        .put(name, new Variable(value, place));
  }

  /**
   * Puts every group below {@code all}, and every device without a group into {@code ungrouped}.
   */
  void reconcile() {
    Set<String> children = new HashSet<>();
    Set<String> grouped = new HashSet<>();
    for (GroupEntry group : groups.values()) {
      children.addAll(group.children);
      if (!group.name.equals(ALL) && !group.name.equals(UNGROUPED)) {
        grouped.addAll(group.devices);
      }
    }
    for (String name : groups.keySet()) {
      if (!name.equals(ALL) && !children.contains(name)) {
        group(ALL).children.add(name);
      }
    }
    group(UNGROUPED).devices.removeAll(grouped);
    for (String name : devices.keySet()) {
      if (!grouped.contains(name)) {
        group(UNGROUPED).devices.add(name);
      }
    }
  }

  Collection<GroupEntry> groups() {
    return groups.values();
  }

  SequencedMap<String, Map<String, Variable>> devices() {
    return devices;
  }

  private Map<String, Variable> newDevice(String name, OptionalInt port, Place place) {
    checkName(name, place);
    Map<String, Variable> variables = new LinkedHashMap<>();
    port.ifPresent(number -> variables.put("ansible_port", new Variable((long) number, place)));
    variables.put("inventory_file", new Variable(sourceFile, place));
    variables.put("inventory_dir", new Variable(sourceDirectory, place));
    return variables;
  }

  private Map<String, Variable> undeclaredDevice(String name, Place place) {
    checkName(name, place);
    return new LinkedHashMap<>();
  }

  // Names of devices become names of files: of host_vars, of what is fetched and of reports.
  private void checkName(String name, Place place) {
    if (name.equals(".") || name.equals("..") || PATH.matcher(name).find()) {
      problem(
          place,
          "the device name '" + name + "' is a path",
          "take a name without slashes, and put an address with them into ansible_host");
    }
  }

  private Set<String> below(String group) {
    Set<String> found = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(group));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (found.add(next)) {
        open.addAll(group(next).children);
      }
    }
    return found;
  }

  private static OptionalInt whole(@Nullable Object value) {
    return switch (value) {
      case Boolean truth -> OptionalInt.of(truth ? 1 : 0);
      case Number number -> OptionalInt.of(number.intValue());
      case String text when text.strip().matches("[-+]?[0-9]{1,9}") ->
          OptionalInt.of(Integer.parseInt(text.strip()));
      case null, default -> OptionalInt.empty();
    };
  }
}
