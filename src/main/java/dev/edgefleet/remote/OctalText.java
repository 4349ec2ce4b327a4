package dev.edgefleet.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Text as it travels between Java and the scripts: bytes outside {@code [A-Za-z0-9_./:@%+=,-]} as
 * {@code \0ooo}, which every shell's {@code printf %b} reads. UTF-8 inside.
 */
final class OctalText {
  private static final String PLAIN = "_./:@%+=,-";

  private OctalText() {}

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "\\0%03o", (int) c));
      }
    }
    return encoded.toString();
  }

  /** Bytes that are not UTF-8 become U+FFFD. */
  static String decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    int at = 0;
    while (at < encoded.length()) {
      char c = encoded.charAt(at);
      if (c == '\\' && at + 5 <= encoded.length()) {
        bytes.write(Integer.parseInt(encoded.substring(at + 1, at + 5), 8));
        at += 5;
      } else {
        bytes.write(c);
        at++;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
