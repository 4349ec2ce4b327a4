package dev.edgefleet.edge.config;

import java.util.Optional;

/** White space before a line's text that is none to YAML. */
final class WhiteSpace {
  private static final String LOOKS_LIKE_A_SPACE =
      "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000";

  private WhiteSpace() {}

  /** What stands before the text of a line, where it is no plain space. */
  static Optional<ConfigFinding> before(Line line, int number) {
    String text = line.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        return Optional.of(tab(number));
      }
      if (odd(c)) {
        return Optional.of(
            new ConfigFinding(
                number,
                i + 1,
                String.format(
                    "a character that looks like a space and is none to YAML (U+%04X)", (int) c),
                "Put plain spaces instead: it came from a web page or a word processor"));
      }
      if (c != ' ') {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  static ConfigFinding tab(int number) {
    return new ConfigFinding(
        number, 0, "tab used for indentation; YAML wants spaces", "Put two spaces instead");
  }

  static boolean odd(char c) {
    return LOOKS_LIKE_A_SPACE.indexOf(c) >= 0;
  }
}
