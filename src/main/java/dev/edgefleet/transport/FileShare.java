package dev.edgefleet.transport;

import java.io.IOException;
import java.io.InputStream;

/** A way to a device's files beside its command lines, for what is too large for them. */
public interface FileShare {
  /** Whether the file, by its path on the device, can be reached this way. */
  boolean covers(String path);

  /**
   * Writes what {@code content} holds into a file, from {@code offset} on; at 0 the file is made,
   * or emptied first.
   *
   * @throws IOException when the file cannot be written, or the link is lost
   */
  void write(String path, InputStream content, long offset) throws IOException;

  /**
   * Reads a file from its beginning.
   *
   * @throws IOException when it cannot be opened
   */
  InputStream read(String path) throws IOException;
}
