package dev.edgefleet.engine;

import dev.edgefleet.failure.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the files that a playbook names: beside it, then in its folders files and templates. */
public final class ControllerFiles {
  private static final String FILES = "files";
  private static final String TEMPLATES = "templates";

  private final Path folder;

  ControllerFiles(Path playbook) {
    Path parent = playbook.toAbsolutePath().getParent();
    folder = parent == null ? Path.of("/") : parent;
  }

  /**
   * Files that are there now and would be found in place of files that were used, by the same name.
   *
   * @param used paths of files
   * @param playbooks the playbook and what it imports
   */
  public static List<Path> foundBefore(Collection<String> used, Collection<Path> playbooks) {
    List<Path> found = new ArrayList<>();
    for (Path playbook : playbooks) {
      Path folder = new ControllerFiles(playbook).folder.normalize();
      for (String name : used) {
        Path path = Path.of(name);
        for (String place : List.of(FILES, TEMPLATES)) {
          if (path.startsWith(folder.resolve(place))) {
            found.add(folder.resolve(folder.resolve(place).relativize(path)));
          }
        }
        if (path.startsWith(folder.resolve(TEMPLATES))) {
          found.add(folder.resolve(FILES).resolve(folder.resolve(TEMPLATES).relativize(path)));
        }
      }
    }
    return found;
  }

  Path folder() {
    return folder;
  }

  Path find(String name) {
    Path given =
        name.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), name.substring(2))
            : Path.of(name);
    List<Path> candidates =
        given.isAbsolute()
            ? List.of(given)
            : List.of(
                folder.resolve(given),
                folder.resolve(FILES).resolve(given),
                folder.resolve(TEMPLATES).resolve(given),
                given.toAbsolutePath());
    return candidates.stream()
        .filter(Files::exists)
        .findFirst()
        .map(Path::normalize)
        .orElseThrow(
            () ->
                new BadInput(
                    "there is no file '" + name + "' on the controller",
                    "looked for "
                        + candidates.stream()
                            .flatMap(path -> Stream.of(path.normalize().toString()))
                            .distinct()
                            .collect(Collectors.joining(", "))));
  }
}
