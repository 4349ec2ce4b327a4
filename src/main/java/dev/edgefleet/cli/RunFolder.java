package dev.edgefleet.cli;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * A run's own folder.
 *
 * @param id UTC time with a random tail, so that ids sort by time and two runs never share one
 */
record RunFolder(String id, Path path) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  static RunFolder create(Path runs) {
    byte[] tail = new byte[2];
    new SecureRandom().nextBytes(tail);
    String id = TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(tail);
    Path path = runs.resolve(id);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new BadInput(
          "cannot make the run's folder " + path + ": " + e.getMessage(),
          "choose another place with --runs DIR");
    }
    return new RunFolder(id, path);
  }

  Path json() {
    return path.resolve("report.json");
  }

  Path html() {
    return path.resolve("report.html");
  }
}
