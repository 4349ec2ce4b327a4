package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.io.ProgramFile;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells what an inventory source is, and has it read. */
final class SourceReader {
  private static final Set<String> YAML_EXTENSIONS = Set.of(".yml", ".yaml", ".json");
  private static final Pattern IGNORED =
      Pattern.compile(
          "\\..*|host_vars|group_vars|vars_plugins|.*~"
              + "|.*\\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|ini|cfg|retry)");
  private static final Pattern WORTH_A_WARNING = Pattern.compile("[^.].*\\.(?:ini|cfg)");
  private static final Pattern YAML_START =
      Pattern.compile("(?:---|%YAML|\\{|(?:\"[^\"]*\"|'[^']*'|[^\\s\\[=\"']+)\\s*:(?:\\s|$)).*");

  private final InventoryBuilder builder;
  private final Vault vault;
  private final List<Path> directories = new ArrayList<>();
  private final Set<Path> files = new LinkedHashSet<>();
  private final List<Path> ignored = new ArrayList<>();

  SourceReader(InventoryBuilder builder, Vault vault) {
    this.builder = builder;
    this.vault = vault;
  }

  /** Where {@code group_vars} and {@code host_vars} of the sources are, one for each source. */
  List<Path> directories() {
    return directories;
  }

  List<Path> files() {
    return List.copyOf(files);
  }

  List<Path> ignored() {
    return ignored;
  }

  void read(Path source) {
    if (Files.isDirectory(source)) {
      directories.add(source);
      directory(source);
      if (files.stream().noneMatch(file -> file.startsWith(source))) {
        builder
            .problems()
            .add(
                Problem.of(
                    "the inventory directory " + source + " holds no inventory file",
                    "add one, such as hosts.yml; names ending in .ini, .cfg, .txt or .md are left"
                        + " out in directories"));
      }
    } else if (Files.exists(source)) {
      directories.add(parent(source));
      file(source);
    } else if (source.toString().contains(",")) {
      names(source.toString());
    } else {
      builder
          .problems()
          .add(
              Problem.of(
                  "there is no inventory " + source,
                  "check the path; a list of devices holds a comma: -i " + source + ","));
    }
  }

  private void directory(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        String name = String.valueOf(entry.getFileName());
        if (isIgnored(entry)) {
          if (WORTH_A_WARNING.matcher(name).matches()) {
            ignored.add(entry);
          }
        } else if (Files.isDirectory(entry)) {
          directory(entry);
        } else {
          file(entry);
        }
      }
    } catch (IOException e) {
      builder
          .problems()
          .add(Problem.of("cannot read the directory " + directory, "check its permissions"));
    }
  }

  private void names(String list) {
    builder.source(list, null);
    int column = 1;
    for (String part : list.split(",", -1)) {
      String name = part.strip();
      Place place = new Place(list, 1, column);
      column += part.length() + 1;
      if (!name.isEmpty()) {
        try {
          HostEntry entry = HostEntry.of(name);
          entry.names().stream()
              .filter(device -> !builder.hasDevice(device))
              .forEach(
                  device ->
                      builder.device(InventoryBuilder.UNGROUPED, device, entry.port(), place));
        } catch (BadInput e) {
          builder.problems().addAll(e.problems());
        }
      }
    }
  }

  private void file(Path file) {
    builder.source(
        file.toAbsolutePath().normalize().toString(), parent(file).normalize().toString());
    files.add(file);
    try {
      if (ProgramFile.is(file)) {
        new ScriptInventory(builder, vault).read(new InventoryScript(file));
      } else {
        text(file, Files.readAllBytes(file));
      }
    } catch (BadInput e) {
      builder.problems().addAll(e.problems());
    } catch (IOException e) {
      builder
          .problems()
          .add(Problem.of("cannot read " + file + ": " + e.getMessage(), "check its permissions"));
    }
  }

  /** Whether this entry of an inventory directory is left out. */
  static boolean isIgnored(Path entry) {
    return IGNORED.matcher(String.valueOf(entry.getFileName())).matches();
  }

  private void text(Path file, byte[] bytes) {
    String name = String.valueOf(file.getFileName());
    String extension = extension(name);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadInput(file + " is not UTF-8 text", "save it as UTF-8");
    }
    if (extension.equals(".toml")) {
      throw new BadInput(file + " is TOML, which is not read", "write it as YAML or INI");
    }
    Optional<String> first = firstLine(text);
    if (first.isEmpty() && !Vault.isEnvelope(text)) {
      throw new BadInput(file + " is empty", "write devices into it, or remove it");
    }
    int before = builder.problems().size();
    try {
      if (isYaml(extension, text, first.orElse(""))) {
        yaml(file, extension, text);
      } else {
        new IniInventory(builder, file.toString()).read(text);
      }
    } catch (BadInput e) {
      builder.problems().addAll(e.problems());
    }
    if (text.startsWith("#!") && builder.problems().size() > before) {
      // A program read as INI is wrong in every line.
      builder.problems().subList(before, builder.problems().size()).clear();
      throw new BadInput(
          file + " looks like an inventory script, and is not executable", "chmod +x " + file);
    }
  }

  private boolean isYaml(String extension, String text, String first) {
    if (Vault.isEnvelope(text)) {
      return true;
    }
    if (YAML_EXTENSIONS.contains(extension)) {
      return !IniInventory.isSection(first);
    }
    return extension.isEmpty() && YAML_START.matcher(first).matches();
  }

  private void yaml(Path file, String extension, String text) {
    Optional<YamlNode> root =
        extension.equals(".json") && !Vault.isEnvelope(text)
            ? JsonText.parse(text, file.toString(), vault)
            : YamlFile.read(file, vault);
    root.ifPresentOrElse(
        new YamlInventory(builder)::read,
        () -> {
          throw new BadInput(file + " is empty", "write devices into it, or remove it");
        });
  }

  private static Optional<String> firstLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';')
        .findFirst();
  }

  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot) : "";
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
