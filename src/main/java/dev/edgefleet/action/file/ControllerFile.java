package dev.edgefleet.action.file;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file on the controller that readers see whole or not at all. */
final class ControllerFile {
  private ControllerFile() {}

  /**
   * @param secret whether only its owner may read it
   * @throws BadInput when it cannot be written
   */
  static void write(Path file, byte[] content, boolean secret) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory == null) {
        throw new IOException("it is a directory");
      }
      Files.createDirectories(directory);
      AtomicFile.replace(
          file,
          out -> out.write(content),
          fresh -> {
            if (!secret) {
              Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            }
          });
    } catch (IOException e) {
      throw new BadInput(
          "cannot write " + file + " on the controller: " + e.getMessage(),
          "check dest, and the permissions of its directory");
    }
  }
}
