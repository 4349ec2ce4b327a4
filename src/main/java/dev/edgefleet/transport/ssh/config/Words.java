package dev.edgefleet.transport.ssh.config;

import java.util.ArrayList;
import java.util.List;

/** Splits text into words: an ssh_config line after its keyword, or arguments as a shell would. */
final class Words {
  /** A quote that is opened and never closed. */
  static final class Unbalanced extends Exception {
    private static final long serialVersionUID = 1;
  }

  private enum Style {
    /** A # begins a comment; a backslash escapes only quotes, blanks and itself. */
    CONFIG,
    /** As POSIX shells, without expansions. */
    SHELL
  }

  private final String text;
  private final Style style;
  private int at;

  private Words(String text, Style style) {
    this.text = text;
    this.style = style;
  }

  static List<String> ofConfig(String text) throws Unbalanced {
    return new Words(text, Style.CONFIG).all();
  }

  static List<String> ofShell(String text) throws Unbalanced {
    return new Words(text, Style.SHELL).all();
  }

  private List<String> all() throws Unbalanced {
    List<String> words = new ArrayList<>();
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || (style == Style.CONFIG && text.charAt(at) == '#')) {
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
    return switch (style) {
      case CONFIG -> next == '"' || next == '\'' || next == '\\' || (quote == 0 && next == ' ');
      case SHELL -> quote == 0 || (quote == '"' && "\"\\$`".indexOf(next) >= 0);
    };
  }
}
