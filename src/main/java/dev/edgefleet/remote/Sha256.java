package dev.edgefleet.remote;

import dev.edgefleet.io.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 as the scripts, and sha256sum, print it. */
public final class Sha256 {
  private Sha256() {}

  /** 64 lower-case hex digits. */
  public static String hex(byte[] content) {
    return Hash.sha256Hex(content);
  }

  /** Of the first bytes of a stream, or of all when it is shorter. */
  public static String hex(InputStream content, long length) throws IOException {
    MessageDigest digest = Hash.start("SHA-256");
    byte[] buffer = new byte[1 << 16];
    long left = length;
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        break;
      }
      digest.update(buffer, 0, read);
      left -= read;
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
