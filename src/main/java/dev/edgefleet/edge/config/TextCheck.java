package dev.edgefleet.edge.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be wrong with a file before it is YAML at all: encoding, control characters, tabs. */
final class TextCheck {
  private TextCheck() {}

  /** The file as text, or nothing when it is not UTF-8. */
  static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static ConfigFinding notUtf8(byte[] bytes) {
    boolean utf16 =
        bytes.length > 1
            && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
    if (utf16) {
      return utf16();
    }
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        if (decode(java.util.Arrays.copyOfRange(bytes, lineStart, i)).isEmpty()) {
          break;
        }
        line++;
        lineStart = i + 1;
      }
    }
    return new ConfigFinding(
        line, 0, "not valid UTF-8, which the daemon wants", "Save the file as UTF-8 without BOM");
  }

  static List<ConfigFinding> characters(String text, List<Line> lines) {
    List<ConfigFinding> findings = new ArrayList<>();
    if (text.startsWith("\uFEFF")) {
      findings.add(
          new ConfigFinding(
              1,
              1,
              "the file begins with a UTF-8 byte order mark, which the daemon cannot read",
              "Save it as UTF-8 without BOM"));
    }
    // UTF-16 without a byte order mark decodes as UTF-8 with a NUL beside every letter.
    long nuls = text.chars().filter(c -> c == 0).count();
    if (nuls > text.length() / 4) {
      findings.add(utf16());
      return findings;
    }
    for (int i = 0; i < lines.size(); i++) {
      Optional<ConfigFinding> bad = badCharacter(i + 1, lines.get(i).text());
      if (bad.isPresent()) {
        findings.add(bad.get());
        break;
      }
    }
    return findings;
  }

  private static Optional<ConfigFinding> badCharacter(int number, String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\r') {
        return Optional.of(
            new ConfigFinding(
                number,
                i + 1,
                "a carriage return without line feed ends this line, which the daemon does not"
                    + " understand",
                "Convert the file's line ends, for instance with mac2unix"));
      }
      // YAML readers disagree about what these are; no configuration needs them.
      boolean lineSeparator = c == '\u0085' || c == '\u2028' || c == '\u2029';
      boolean control = (c < ' ' && c != '\t') || c == '\u007f' || (c > 0x7f && c < 0xa0);
      boolean hidden = c == '\uFEFF' && (number > 1 || i > 0);
      if (lineSeparator || control || hidden || c == '\uFFFE' || c == '\uFFFF') {
        return Optional.of(
            new ConfigFinding(
                number, i + 1, String.format("control character U+%04X", (int) c), "Remove it"));
      }
    }
    return Optional.empty();
  }

  private static ConfigFinding utf16() {
    return new ConfigFinding(
        0, 0, "the file is UTF-16; the daemon wants UTF-8", "Save it as UTF-8 without BOM");
  }
}
