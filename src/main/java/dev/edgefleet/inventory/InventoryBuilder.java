package dev.edgefleet.inventory;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects groups, hosts and variables from any number of files and merges the variables by
 * Ansible's precedence: {@code all}, then parents before children, groups of one depth by name, the
 * host's own last.
 */
final class InventoryBuilder {
  private static final String ALL = "all";
  private static final String UNGROUPED = "ungrouped";

  private final SequencedMap<String, Group> groups = new LinkedHashMap<>();
  private final SequencedMap<String, Map<String, @Nullable Object>> hosts = new LinkedHashMap<>();

  InventoryBuilder() {
    group(ALL);
    group(UNGROUPED);
  }

  Group group(String name) {
    return groups.computeIfAbsent(
        name,
        n -> new Group(n, new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>()));
  }

  void child(String parent, String child, Place place, List<Problem> problems) {
    if (descendants(child, new LinkedHashSet<>()).contains(parent)) {
      problems.add(
          Problem.at(
              place,
              "group '"
                  + child
                  + "' is a child of '"
                  + parent
                  + "', which is below '"
                  + child
                  + "'",
              "break the circle"));
      return;
    }
    group(child);
    group(parent).children().add(child);
  }

  void groupVariable(String group, String name, @Nullable Object value) {
    group(group).variables().put(name, value);
  }

  void host(String group, String name) {
    hosts.computeIfAbsent(name, n -> new LinkedHashMap<>());
    group(group).devices().add(name);
  }

  void hostVariable(String host, String name, @Nullable Object value) {
    hosts.computeIfAbsent(host, n -> new LinkedHashMap<>()).put(name, value);
  }

  Inventory build() {
    Set<String> inAGroup = new LinkedHashSet<>();
    Set<String> children = new LinkedHashSet<>();
    for (Group group : groups.values()) {
      children.addAll(group.children());
      if (!group.name().equals(ALL) && !group.name().equals(UNGROUPED)) {
        inAGroup.addAll(group.devices());
      }
    }
    // Every group without a parent hangs under "all", every host without a group in "ungrouped".
    groups.keySet().stream()
        .filter(name -> !name.equals(ALL) && !children.contains(name))
        .forEach(name -> group(ALL).children().add(name));
    hosts.keySet().stream()
        .filter(name -> !inAGroup.contains(name))
        .forEach(name -> group(UNGROUPED).devices().add(name));

    Map<String, Integer> depths = new TreeMap<>();
    depth(ALL, 0, depths);
    Map<String, List<Group>> groupsOf = groupsOfEachHost(depths);
    SequencedMap<String, Device> devices = new LinkedHashMap<>();
    hosts.forEach(
        (name, own) ->
            devices.put(name, device(name, own, groupsOf.getOrDefault(name, List.of()))));
    return new Inventory(devices, groups);
  }

  private Map<String, List<Group>> groupsOfEachHost(Map<String, Integer> depths) {
    List<Group> byDepth = new ArrayList<>(groups.values());
    byDepth.sort(
        Comparator.comparingInt((Group g) -> depths.getOrDefault(g.name(), 0))
            .thenComparing(Group::name));
    Map<String, List<Group>> groupsOf = new HashMap<>();
    for (Group group : byDepth) {
      Set<String> members = new LinkedHashSet<>();
      descendants(group.name(), new LinkedHashSet<>())
          .forEach(below -> members.addAll(group(below).devices()));
      members.forEach(host -> groupsOf.computeIfAbsent(host, h -> new ArrayList<>()).add(group));
    }
    return groupsOf;
  }

  private static Device device(
      String name, Map<String, @Nullable Object> own, List<Group> memberOf) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    memberOf.forEach(group -> variables.putAll(group.variables()));
    variables.putAll(own);
    List<String> names =
        memberOf.stream().map(Group::name).filter(n -> !n.equals(ALL)).sorted().toList();
    return new Device(name, names, variables);
  }

  private void depth(String group, int depth, Map<String, Integer> depths) {
    depths.merge(group, depth, Math::max);
    group(group).children().forEach(child -> depth(child, depth + 1, depths));
  }

  private Set<String> descendants(String group, Set<String> found) {
    if (found.add(group) && groups.containsKey(group)) {
      group(group).children().forEach(child -> descendants(child, found));
    }
    return found;
  }
}
