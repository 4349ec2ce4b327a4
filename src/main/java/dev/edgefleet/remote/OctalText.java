package dev.edgefleet.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Text as it travels between Java and the scripts: bytes outside {@code [A-Za-z0-9_./:@%+=,-]} as
 * {@code \0ooo}, which every shell's {@code printf %b} reads. UTF-8 inside.
 */
public final class OctalText {
  private static final String PLAIN = "_./:@%+=,-";

  private OctalText() {}

  public static String encode(String text) {
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

  /** Bytes that are not UTF-8 become U+FFFD; a backslash without four octal digits stays one. */
  public static String decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    int at = 0;
    while (at < encoded.length()) {
      char c = encoded.charAt(at);
      int code = c == '\\' ? octal(encoded, at + 1) : -1;
      if (code >= 0) {
        bytes.write(code);
        at += 5;
      } else {
        bytes.write(c);
        at++;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The value of the four digits there; negative when they are none. */
  private static int octal(String text, int at) {
    if (at + 4 > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      code = code * 8 + digit;
    }
    return code;
  }
}
