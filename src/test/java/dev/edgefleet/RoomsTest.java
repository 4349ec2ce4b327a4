package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A newcomer can hold a package in mind, and a name means one thing. */
class RoomsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/edgefleet");
  private static final int LARGEST_PACKAGE = 35;

  @Test
  void noPackageIsLarge() throws IOException {
    Map<Path, Long> files =
        sources().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    files.values().removeIf(count -> count <= LARGEST_PACKAGE);
    assertThat(files).isEmpty();
  }

  @Test
  void noNameIsTakenTwice() throws IOException {
    Map<String, List<Path>> byName =
        sources()
            .collect(
                Collectors.groupingBy(
                    file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
    byName.values().removeIf(files -> files.size() == 1);
    assertThat(byName).isEmpty();
  }

  private static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList()
          .stream();
    }
  }
}
