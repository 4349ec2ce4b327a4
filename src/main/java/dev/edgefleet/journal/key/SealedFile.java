package dev.edgefleet.journal.key;

import dev.edgefleet.io.AtomicFile;
import dev.edgefleet.journal.JournalFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One small encrypted file (AES-256-GCM). It opens only under its name in a directory of its
 * directory's name, so that the one of another run cannot be put in its place.
 */
public final class SealedFile {
  private SealedFile() {}

  /**
   * Replaces the file, atomically; it is for its owner only (0600) and on disk when this returns.
   *
   * @throws JournalFailed when it cannot be written
   */
  public static void write(Path file, byte[] content, StoreKey key) {
    try {
      AtomicFile.replace(file, AesGcm.seal(key.forUse("file"), content, place(file)));
    } catch (IOException e) {
      throw new JournalFailed("The file " + file + " cannot be written: " + e, e);
    }
  }

  /**
   * @throws JournalFailed when it cannot be read, was altered, or was written with another key
   */
  public static byte[] read(Path file, StoreKey key) {
    byte[] sealed;
    try {
      sealed = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new JournalFailed("The file " + file + " cannot be read: " + e, e);
    }
    return AesGcm.open(key.forUse("file"), sealed, place(file))
        .orElseThrow(
            () ->
                new JournalFailed(
                    "The file "
                        + file
                        + " does not open: it was altered, comes from another directory, or was"
                        + " written with another "
                        + StoreKey.FILE));
  }

  private static byte[] place(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path directory = absolute.getParent();
    String inDirectory =
        directory == null || directory.getFileName() == null ? "" : "" + directory.getFileName();
    return (inDirectory + "\n" + absolute.getFileName()).getBytes(StandardCharsets.UTF_8);
  }
}
