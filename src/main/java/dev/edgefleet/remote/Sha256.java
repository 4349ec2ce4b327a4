package dev.edgefleet.remote;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the scripts, and sha256sum, print it. */
public final class Sha256 {
  private Sha256() {}

  /** 64 lower-case hex digits. */
  public static String hex(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /** Of the first bytes of a stream, or of all when it is shorter. */
  public static String hex(InputStream content, long length) throws IOException {
    MessageDigest digest = digest();
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

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
