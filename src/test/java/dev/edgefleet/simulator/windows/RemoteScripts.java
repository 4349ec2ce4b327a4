package dev.edgefleet.simulator.windows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scripts as they lie in the source tree. */
final class RemoteScripts {
  static final Path WINDOWS = Path.of("src/main/resources/remote/windows");
  static final Path LINUX = Path.of("src/main/resources/remote/linux");
  static final Path TABLES = Path.of("src/test/resources/remote/windows");

  private RemoteScripts() {}

  /** Names of the operations that have a script for Windows. */
  static List<String> operations() {
    return names(WINDOWS, ".ps1").stream().filter(name -> !name.equals("prelude")).toList();
  }

  /** Names, without that ending, of the files in a directory that have it. */
  static List<String> names(Path directory, String ending) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
