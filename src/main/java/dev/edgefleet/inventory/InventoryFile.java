package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads inventories: a YAML file, or a folder of them read in order of name. */
public final class InventoryFile {
  private static final Set<String> GROUP_WORDS = Set.of("hosts", "children", "vars");

  private InventoryFile() {}

  /**
   * @param playbookFolder where the playbook is, for {@code group_vars} and {@code host_vars} there
   * @throws BadInput with every mistake found in all files
   */
  public static Inventory read(List<Path> paths, Optional<Path> playbookFolder, Vault vault) {
    InventoryBuilder builder = new InventoryBuilder();
    List<Problem> problems = new ArrayList<>();
    for (Path path : files(paths)) {
      try {
        YamlFile.read(path, vault).ifPresent(root -> groups(root, builder, problems));
      } catch (BadInput e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return builder.build();
  }

  /** The files that an inventory path stands for: itself, or the YAML files of a folder. */
  public static List<Path> files(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      boolean folder = Files.isDirectory(path);
      Path parent = path.toAbsolutePath().getParent();
      refuseVariableFolders(folder || parent == null ? path : parent);
      files.addAll(folder ? inFolder(path) : List.of(path));
    }
    return files;
  }

  private static void refuseVariableFolders(Path folder) {
    for (String name : List.of("group_vars", "host_vars")) {
      Path variables = folder.resolve(name);
      if (Files.isDirectory(variables)) {
        throw new BadInput(
            variables + " is not read by this version",
            "put these variables under 'vars' of the group or under the host in the inventory");
      }
    }
  }

  private static List<Path> inFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> sorted = entries.sorted().toList();
      List<Path> files =
          sorted.stream()
              .filter(Files::isRegularFile)
              .filter(p -> p.toString().endsWith(".yml") || p.toString().endsWith(".yaml"))
              .toList();
      if (files.isEmpty()) {
        throw new BadInput(
            "the inventory folder " + folder + " holds no .yml or .yaml file", "add one");
      }
      return files;
    } catch (IOException e) {
      throw new BadInput("cannot read the folder " + folder, "check its permissions");
    }
  }

  private static void groups(YamlNode root, InventoryBuilder builder, List<Problem> problems) {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      problems.add(
          Problem.at(
              root.place(),
              "an inventory is a mapping of groups, found " + root.kind(),
              "start with 'all:' and put 'hosts:' or 'children:' under it"));
      return;
    }
    mapping.entries().forEach(entry -> group(entry, builder, problems));
  }

  private static void group(
      YamlNode.Entry entry, InventoryBuilder builder, List<Problem> problems) {
    builder.group(entry.key());
    for (YamlNode.Entry word : mapping(entry, problems)) {
      switch (word.key()) {
        case "hosts" -> hosts(entry.key(), word, builder, problems);
        case "children" -> {
          for (YamlNode.Entry child : mapping(word, problems)) {
            builder.child(entry.key(), child.key(), child.keyPlace(), problems);
            group(child, builder, problems);
          }
        }
        case "vars" -> {
          for (YamlNode.Entry variable : mapping(word, problems)) {
            builder.groupVariable(entry.key(), variable.key(), variable.value().value());
          }
        }
        default ->
            problems.add(
                Problem.at(
                    word.keyPlace(),
                    "unknown word '" + word.key() + "' in group '" + entry.key() + "'",
                    Nearest.remedy(word.key(), GROUP_WORDS)));
      }
    }
  }

  private static void hosts(
      String group, YamlNode.Entry hosts, InventoryBuilder builder, List<Problem> problems) {
    for (YamlNode.Entry host : mapping(hosts, problems)) {
      for (String name : expanded(host, problems)) {
        builder.host(group, name);
        for (YamlNode.Entry variable : mapping(host, problems)) {
          builder.hostVariable(name, variable.key(), variable.value().value());
        }
      }
    }
  }

  private static List<String> expanded(YamlNode.Entry host, List<Problem> problems) {
    try {
      return HostRange.expand(host.key());
    } catch (BadInput e) {
      problems.addAll(e.at(host.keyPlace()).problems());
      return List.of();
    }
  }

  // A name with nothing after it ("edge1:") stands for an empty mapping.
  private static List<YamlNode.Entry> mapping(YamlNode.Entry entry, List<Problem> problems) {
    return switch (entry.value()) {
      case YamlNode.Mapping mapping -> mapping.entries();
      case YamlNode.Scalar scalar when scalar.value() == null -> List.of();
      default -> {
        problems.add(
            Problem.at(
                entry.value().place(),
                "'"
                    + entry.key()
                    + "' holds names, each ending in ':', found "
                    + entry.value().kind(),
                "write every name as '" + firstWord(entry.value()) + ":' on a line of its own"));
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
