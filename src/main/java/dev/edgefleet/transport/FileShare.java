package dev.edgefleet.transport;

import java.io.IOException;
import java.io.InputStream;

/** A device's files, reached beside its commands; faster for large ones. */
public interface FileShare {
  /** Whether a path of the device is reachable here. */
  boolean covers(String path);

  /**
   * Writes into a file of the device, made when missing.
   *
   * @param path as the device spells it, such as {@code C:\edge\new.cab}
   * @param content read to its end, and not closed
   * @param offset where in the file it begins
   */
  void write(String path, InputStream content, long offset) throws IOException;

  /** Reads a file of the device from its start. */
  InputStream read(String path) throws IOException;
}
