package dev.edgefleet.action.file;

import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A look at files of the controller that are sent as they are, however large. */
public final class SentFiles {
  private static final byte[] VAULTED = "$ANSIBLE_VAULT;".getBytes(StandardCharsets.US_ASCII);

  private SentFiles() {}

  /**
   * That a file, or each of a directory, can be read, and decrypted where it is vaulted.
   *
   * @throws BadInput otherwise
   */
  public static void look(Path file, TaskPreview task) {
    if (Files.isDirectory(file)) {
      CopiedDirectory.tree(file).stream()
          .filter(path -> !Files.isDirectory(path))
          .forEach(path -> single(path, task));
    } else {
      single(file, task);
    }
  }

  private static void single(Path file, TaskPreview task) {
    try (InputStream in = Files.newInputStream(file)) {
      if (java.util.Arrays.equals(in.readNBytes(VAULTED.length), VAULTED)) {
        task.content(file);
      }
    } catch (IOException e) {
      throw new BadInput(
          "the controller's file " + file + " cannot be read: " + e.getMessage(),
          "see that it is a file, and that you may read it");
    }
  }
}
