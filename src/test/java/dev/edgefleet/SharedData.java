package dev.edgefleet;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Sample files from real installations, kept beside the project and not in it. Who has only the
 * project cannot install them, so a test that wants one is skipped everywhere, also with {@code
 * CI=true}.
 */
public final class SharedData {
  private static final Path DIRECTORY = Path.of("../shared/data");

  private SharedData() {}

  /** The file or directory, or a skipped test that names it. */
  public static Path require(String path) {
    Path file = DIRECTORY.resolve(path);
    if (Files.exists(file)) {
      return file;
    }
    return abort("the sample data " + file + " is not here");
  }

  /**
   * The tests made of a file or directory, or one in their place that is skipped and names it: of a
   * factory that breaks off the reports say nothing.
   */
  public static Stream<DynamicTest> tests(
      String path, Function<Path, Stream<DynamicTest>> madeOfIt) {
    return Files.exists(DIRECTORY.resolve(path))
        ? madeOfIt.apply(require(path))
        : Stream.of(dynamicTest(path, () -> require(path)));
  }

  /** A directory's YAML files by name. */
  public static List<Path> yamlFiles(String directory) {
    try (Stream<Path> files = Files.list(require(directory))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
