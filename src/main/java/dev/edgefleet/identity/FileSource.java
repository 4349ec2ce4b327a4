package dev.edgefleet.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of the controller. */
public interface FileSource {
  /** As they are. */
  FileSource PLAIN = Files::readAllBytes;

  /** All that a file holds, decrypted where it is vaulted. */
  byte[] read(Path file) throws IOException;
}
