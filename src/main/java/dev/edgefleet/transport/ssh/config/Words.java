package dev.edgefleet.transport.ssh.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits an ssh_config line, after its keyword, into words: a # begins a comment, a backslash
 * escapes only quotes, blanks and itself.
 */
final class Words {
  /** A quote that is opened and never closed. */
  static final class Unbalanced extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final String text;
  private int at;

  private Words(String text) {
    this.text = text;
  }

  static List<String> of(String text) throws Unbalanced {
    return new Words(text).all();
  }

  private List<String> all() throws Unbalanced {
    List<String> words = new ArrayList<>();
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) == '#') {
        return words;
      }
      words.add(word());
    }
  }

  private String word() throws Unbalanced {
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && escapes(quote)) {
        word.append(text.charAt(++at));
      } else if (quote == 0 && Character.isWhitespace(c)) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new Unbalanced();
    }
    return word.toString();
  }

  private boolean escapes(char quote) {
    if (at + 1 == text.length()) {
      return false;
    }
    char next = text.charAt(at + 1);
    return next == '"' || next == '\'' || next == '\\' || (quote == 0 && next == ' ');
  }
}
