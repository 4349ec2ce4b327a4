package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One {@code group_vars} or {@code host_vars} directory: the variables of a name are in the file
 * NAME, NAME.yml, NAME.yaml or NAME.json, the first of these that is there, or in all files of the
 * directory NAME.
 */
final class VariableDirectory {
  private static final List<String> EXTENSIONS = List.of("", ".yml", ".yaml", ".json");

  private final Path directory;
  private final Vault vault;
  private final List<Problem> problems;
  // Listed once: with thousands of devices, asking for each name's four files takes longer.
  private final Set<String> entries;
  private final Map<String, Map<String, Variable>> known = new HashMap<>();
  private final Set<Path> filesRead = new LinkedHashSet<>();

  VariableDirectory(Path directory, Vault vault, List<Problem> problems) {
    this.directory = directory;
    this.vault = vault;
    this.problems = problems;
    this.entries = new TreeSet<>(names(directory));
  }

  /** The variables of a group or device; none when there is no file of its name. */
  Map<String, Variable> variables(String name) {
    if (entries.isEmpty()) {
      return Map.of();
    }
    return known.computeIfAbsent(name, this::read);
  }

  Set<Path> filesRead() {
    return filesRead;
  }

  /** Entries that are named like none of these. */
  List<Path> unmatched(Collection<String> names) {
    Set<String> matching = new HashSet<>();
    names.forEach(name -> EXTENSIONS.forEach(extension -> matching.add(name + extension)));
    return entries.stream()
        .filter(entry -> !matching.contains(entry) && !isHidden(entry))
        // A name with a slash in it has its file in a directory.
        .filter(entry -> names.stream().noneMatch(name -> name.startsWith(entry + "/")))
        .map(directory::resolve)
        .toList();
  }

  private Map<String, Variable> read(String name) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (Path file : files(name)) {
      filesRead.add(file);
      try {
        document(file).ifPresent(root -> collect(root, variables));
      } catch (BadInput e) {
        problems.addAll(e.problems());
      }
    }
    return variables;
  }

  private List<Path> files(String name) {
    for (String extension : EXTENSIONS) {
      if (isThere(name + extension)) {
        Path found = directory.resolve(name + extension);
        return Files.isDirectory(found) ? within(found) : List.of(found);
      }
    }
    return List.of();
  }

  private boolean isThere(String name) {
    if (name.startsWith("/")) {
      return false;
    }
    return name.contains("/") ? Files.exists(directory.resolve(name)) : entries.contains(name);
  }

  private List<Path> within(Path variableDirectory) {
    List<Path> files = new ArrayList<>();
    for (String name : names(variableDirectory)) {
      Path entry = variableDirectory.resolve(name);
      String extension = SourceReader.extension(name);
      if (isHidden(name)) {
        continue;
      }
      if (Files.isDirectory(entry)) {
        if (extension.isEmpty()) {
          files.addAll(within(entry));
        }
      } else if (EXTENSIONS.contains(extension)) {
        files.add(entry);
      }
    }
    return files;
  }

  private Optional<YamlNode> document(Path file) {
    if (file.toString().endsWith(".json")) {
      try {
        String text = Files.readString(file);
        if (!Vault.isEnvelope(text)) {
          return JsonText.parse(text, file.toString(), vault);
        }
      } catch (IOException unreadable) {
        // YamlFile says why.
      }
    }
    return YamlFile.read(file, vault);
  }

  private void collect(YamlNode root, Map<String, Variable> variables) {
    switch (root) {
      case YamlNode.Mapping mapping ->
          mapping
              .entries()
              .forEach(e -> variables.put(e.key(), new Variable(e.value().value(), e.keyPlace())));
      case YamlNode.Scalar scalar when scalar.value() == null -> {}
      default ->
          problems.add(
              Problem.at(
                  root.place(),
                  "a file of variables is a mapping, found " + root.kind(),
                  "write each variable as 'name: value'"));
    }
  }

  private List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    } catch (IOException e) {
      problems.add(Problem.of("cannot read the directory " + directory, "check its permissions"));
      return List.of();
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.endsWith("~");
  }
}
