package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds and reads the files that a playbook consists of, and refuses circles among them. */
final class Imports {
  private final Vault vault;
  private final List<Problem> problems;
  private final Path playbookDirectory;
  private final Deque<Path> open = new ArrayDeque<>();
  private final Set<Path> files = new LinkedHashSet<>();

  Imports(Path playbook, Vault vault, List<Problem> problems) {
    this.vault = vault;
    this.problems = problems;
    playbookDirectory = directory(playbook);
  }

  /**
   * The file that a word names: beside the file the word stands in, beside the playbook, or in a
   * subdirectory of these.
   *
   * @param subdirectories also looked into, such as {@code tasks}
   * @return empty, with a problem noted, when there is none
   */
  Optional<Path> find(YamlNode name, List<String> subdirectories) {
    String text = ValueType.text(name).orElse("");
    if (ValueType.holdsTemplate(text)) {
      problems.add(
          Problem.at(
              name.place(),
              "the name of a file that is read before the run cannot hold Jinja",
              "write the file's name; to choose at run time, import all with a when for each"));
      return Optional.empty();
    }
    List<Path> candidates = candidates(name, text, subdirectories);
    Optional<Path> found = candidates.stream().filter(Files::isRegularFile).findFirst();
    if (found.isEmpty()) {
      problems.add(
          Problem.at(
              name.place(),
              "there is no file '" + text + "'",
              "looked for "
                  + candidates.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
    return found;
  }

  /** Whether {@link #find} would find it. */
  boolean exists(YamlNode name, List<String> subdirectories) {
    return candidates(name, ValueType.text(name).orElse(""), subdirectories).stream()
        .anyMatch(Files::isRegularFile);
  }

  /**
   * Reads a file and hands its content over, in a way that an import of the same file inside is a
   * problem and not a circle.
   *
   * @param from the word that names the file
   * @return what {@code reader} made of it; empty when it could not be read or holds nothing
   */
  <T> Optional<T> read(Path file, Optional<YamlNode> from, Function<YamlNode, T> reader) {
    Path real = file.toAbsolutePath().normalize();
    if (open.contains(real)) {
      List<String> names = new ArrayList<>();
      open.descendingIterator().forEachRemaining(path -> names.add(name(path)));
      names.add(name(real));
      problems.add(
          Problem.at(
              from.orElseThrow().place(),
              "this file imports itself: " + String.join(" -> ", names),
              "break the circle"));
      return Optional.empty();
    }
    open.push(real);
    files.add(real);
    try {
      return YamlFile.read(file, vault).map(reader);
    } catch (BadInput e) {
      problems.addAll(from.map(word -> e.at(word.place())).orElse(e).problems());
      return Optional.empty();
    } finally {
      open.pop();
    }
  }

  /** Every file that was read, each once. */
  List<Path> files() {
    return List.copyOf(files);
  }

  private List<Path> candidates(YamlNode name, String text, List<String> subdirectories) {
    Set<Path> candidates = new LinkedHashSet<>();
    Path given = Path.of(text);
    for (Path base : List.of(directory(Path.of(name.place().file())), playbookDirectory)) {
      candidates.add(base.resolve(given).normalize());
      for (String subdirectory : subdirectories) {
        candidates.add(base.resolve(subdirectory).resolve(given).normalize());
      }
    }
    return List.copyOf(candidates);
  }

  private static Path directory(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
