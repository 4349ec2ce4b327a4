package dev.edgefleet.simulator.windows;

import dev.edgefleet.io.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How the scripts write words, times and hashes down. */
public final class ScriptNotation {
  private static final String PLAIN = "_./:@%+=,-";

  private ScriptNotation() {}

  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** One word of a line: every unusual byte as {@code \0ooo}. */
  public static String word(String text) {
    StringBuilder word = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      word.append(plain ? String.valueOf(c) : String.format("\\0%03o", (int) c));
    }
    return word.toString();
  }

  public static String text(String word) {
    byte[] bytes = new byte[word.length()];
    int count = 0;
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '\\' && i + 4 < word.length()) {
        bytes[count++] = (byte) Integer.parseInt(word.substring(i + 2, i + 5), 8);
        i += 4;
      } else {
        bytes[count++] = (byte) word.charAt(i);
      }
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  public static String sha256(byte[] bytes) {
    return hash("SHA-256", bytes);
  }

  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String hash(String algorithm, byte[] bytes) {
    return Hash.hex(algorithm, bytes);
  }
}
