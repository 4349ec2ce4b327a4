package dev.edgefleet.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes by the algorithms that every Java has. */
public final class Hash {
  private Hash() {}

  /** 64 lower-case hex digits, as sha256sum prints them. */
  public static String sha256Hex(byte[] content) {
    return hex("SHA-256", content);
  }

  /** The same of a text in UTF-8. */
  public static String sha256Hex(String text) {
    return sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] sha256(byte[] content) {
    return of("SHA-256", content);
  }

  /** In lower-case hex digits. */
  public static String hex(String algorithm, byte[] content) {
    return HexFormat.of().formatHex(of(algorithm, content));
  }

  /**
   * @param algorithm as Java names it, such as {@code SHA-1}
   */
  public static byte[] of(String algorithm, byte[]... parts) {
    MessageDigest digest = start(algorithm);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** SHA-256 of the first bytes of a stream, or of all when it is shorter; in lower-case hex. */
  public static String sha256Hex(InputStream content, long length) throws IOException {
    MessageDigest digest = start("SHA-256");
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

  /** For content that comes bit by bit. */
  public static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is part of every Java", e);
    }
  }
}
