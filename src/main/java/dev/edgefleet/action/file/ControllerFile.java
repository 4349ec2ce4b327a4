package dev.edgefleet.action.file;

import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file on the controller that readers see whole or not at all. */
final class ControllerFile {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ControllerFile() {}

  /**
   * @param secret whether only its owner may read it
   * @throws BadInput when it cannot be written
   */
  static void write(Path file, byte[] content, boolean secret) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null) {
        throw new IOException("it is a folder");
      }
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".tmp", PRIVATE);
      try {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        if (!secret) {
          Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new BadInput(
          "cannot write " + file + " on the controller: " + e.getMessage(),
          "check dest, and the permissions of its folder");
    }
  }
}
