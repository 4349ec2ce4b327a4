package dev.edgefleet.engine.step;

import dev.edgefleet.failure.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the files that a playbook names. */
public final class ControllerFiles {
  private final Path playbookDirectory;

  public ControllerFiles(Path playbook) {
    Path parent = playbook.toAbsolutePath().getParent();
    playbookDirectory = parent == null ? Path.of("/") : parent;
  }

  public Path directory() {
    return playbookDirectory;
  }

  public Path find(String name) {
    Path given =
        name.startsWith("~/")
            ? Path.of(System.getProperty("user.home"), name.substring(2))
            : Path.of(name);
    List<Path> candidates =
        given.isAbsolute()
            ? List.of(given)
            : List.of(
                playbookDirectory.resolve(given),
                playbookDirectory.resolve("files").resolve(given),
                playbookDirectory.resolve("templates").resolve(given),
                given.toAbsolutePath());
    return candidates.stream()
        .filter(Files::exists)
        .findFirst()
        .map(Path::normalize)
        .orElseThrow(() -> missing(name, candidates));
  }

  private static BadInput missing(String name, List<Path> candidates) {
    List<String> places =
        candidates.stream().map(path -> path.normalize().toString()).distinct().toList();
    return new BadInput(
        "there is no file '"
            + name
            + "' on the controller"
            + (places.size() == 1 ? "" : ": not " + String.join(", not ", places)),
        "correct the name, or put the file at " + places.getFirst());
  }
}
