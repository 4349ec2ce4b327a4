package dev.edgefleet;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Sample files from real installations, kept beside the project and not in it. */
public final class SharedData {
  private SharedData() {}

  /** The file or folder, or a skipped test that names it; with {@code CI=true} a failed one. */
  public static Path require(String path) {
    Path file = Path.of("../shared/data").resolve(path);
    if (Files.exists(file)) {
      return file;
    }
    String message = "the sample data " + file + " is not here";
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }

  /** A folder's YAML files by name. */
  public static List<Path> yamlFiles(String folder) {
    try (Stream<Path> files = Files.list(require(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
