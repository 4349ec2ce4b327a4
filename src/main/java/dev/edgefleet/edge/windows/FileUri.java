package dev.edgefleet.edge.windows;

import java.net.URI;
import java.net.URISyntaxException;

/** A Windows path as the setup script writes it into config.yaml. */
public final class FileUri {
  private FileUri() {}

  /** {@code C:\edge data\x.pem} becomes {@code file:///C:/edge%20data/x.pem}. */
  public static String of(String path) {
    try {
      return "file://" + new URI(null, null, "/" + path.replace('\\', '/'), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + path, e);
    }
  }
}
