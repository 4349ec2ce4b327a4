package dev.edgefleet.inventory;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code group_vars} and {@code host_vars} beside inventory sources and beside a playbook. */
final class VariableDirectories {
  private final Map<Path, VariableDirectory> byPath = new HashMap<>();
  private final List<Beside> inventories = new ArrayList<>();
  private final Optional<Beside> playbook;
  private final Vault vault;
  private final List<Problem> problems;

  /** What is beside one file. */
  private record Beside(VariableDirectory groups, VariableDirectory devices) {}

  VariableDirectories(
      List<Path> inventories, Optional<Path> playbook, Vault vault, List<Problem> problems) {
    this.vault = vault;
    this.problems = problems;
    inventories.forEach(directory -> this.inventories.add(beside(directory)));
    this.playbook = playbook.map(this::beside);
  }

  /** A group's, beside each inventory source in their order. */
  List<Map<String, Variable>> ofGroupBesideInventories(String group) {
    return inventories.stream().map(beside -> beside.groups.variables(group)).toList();
  }

  /** A group's, beside the playbook. */
  Map<String, Variable> ofGroupBesidePlaybook(String group) {
    return playbook.map(beside -> beside.groups.variables(group)).orElse(Map.of());
  }

  /** A device's, from weak to strong. */
  List<Map<String, Variable>> ofDevice(String device) {
    List<Map<String, Variable>> all = new ArrayList<>();
    inventories.forEach(beside -> all.add(beside.devices.variables(device)));
    playbook.ifPresent(beside -> all.add(beside.devices.variables(device)));
    return all;
  }

  int inventories() {
    return inventories.size();
  }

  List<Path> files() {
    return byPath.values().stream()
        .flatMap(directory -> directory.filesRead().stream())
        .sorted()
        .toList();
  }

  List<Path> unmatched(Collection<String> groups, Collection<String> devices) {
    Set<Path> unmatched = new LinkedHashSet<>();
    List<Beside> all = new ArrayList<>(inventories);
    playbook.ifPresent(all::add);
    for (Beside beside : all) {
      unmatched.addAll(beside.groups.unmatched(groups));
      unmatched.addAll(beside.devices.unmatched(devices));
    }
    return List.copyOf(unmatched);
  }

  private Beside beside(Path directory) {
    return new Beside(
        shared(directory.resolve("group_vars")), shared(directory.resolve("host_vars")));
  }

  // Two sources of one directory, or the playbook's, share what is read there.
  private VariableDirectory shared(Path directory) {
    Path key;
    try {
      key = directory.toRealPath();
    } catch (IOException notThere) {
      key = directory.toAbsolutePath().normalize();
    }
    return byPath.computeIfAbsent(key, k -> new VariableDirectory(directory, vault, problems));
  }
}
