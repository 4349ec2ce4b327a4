package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which programs reading an inventory would start. */
public final class InventoryPrograms {
  private InventoryPrograms() {}

  /**
   * @param source an inventory file, or a directory of them
   * @return in the order in which they would be started
   * @throws BadInput when it cannot be read
   */
  public static List<Path> in(Path source) {
    try {
      if (!Files.isDirectory(source)) {
        return ProgramFile.is(source) ? List.of(source) : List.of();
      }
      try (Stream<Path> entries = Files.list(source)) {
        return entries
            .filter(entry -> !SourceReader.isIgnored(entry))
            .sorted()
            .flatMap(entry -> in(entry).stream())
            .toList();
      }
    } catch (IOException e) {
      throw new BadInput("cannot read " + source + ": " + e.getMessage(), "check its permissions");
    }
  }
}
