package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.Hash;
import dev.edgefleet.journal.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fingerprints the files that a run is made from. */
final class SourceFile {
  private SourceFile() {}

  static RunEvent.Source of(Path file) {
    try {
      return new RunEvent.Source(file.toString(), sha256(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), "check its permissions");
    }
  }

  /** In lower hex. */
  static String sha256(byte[] bytes) {
    return Hash.sha256Hex(bytes);
  }
}
