package dev.edgefleet.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Sample files from real installations, kept beside the project and not in it. */
public final class SharedData {
  private SharedData() {}

  /** The folder, or the test is skipped; under continuous integration it fails instead. */
  public static Path folder(String name) {
    Path folder = Path.of("../shared/data", name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).exists();
    }
    Assumptions.assumeTrue(Files.exists(folder), () -> "skipped: no sample data at " + folder);
    return folder;
  }

  /** Its YAML files by name; none when the folder is absent and that is allowed. */
  static List<Path> yamlFiles(String name) {
    try (Stream<Path> files = Files.list(folder(name))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
