package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How long something may last, or has lasted, is never told by the clock on the wall, which
 * somebody may set meanwhile.
 */
class ClockTest {
  private static final Pattern BY_THE_WALL =
      Pattern.compile(
          "Instant\\.now\\(\\)\\.is(Before|After)|is(Before|After)\\(Instant\\.now\\(\\)"
              + "|Duration\\.between\\([^;]*Instant\\.now\\(\\)|currentTimeMillis\\(\\)");

  @Test
  void waitsGoByAClockThatNobodySets() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      assertThat(
              sources
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> BY_THE_WALL.matcher(read(file)).find()))
          .isEmpty();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
