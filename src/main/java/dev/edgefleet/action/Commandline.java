package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import java.util.ArrayList;
import java.util.List;

/** Splits a command into words by the shell's quoting rules, without anything else a shell does. */
public final class Commandline {
  private Commandline() {}

  /**
   * @throws BadInput when a quote has no partner
   */
  public static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '\'') {
        if (c == '\'') {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\\' && i + 1 < text.length() && escapes(quote, text.charAt(i + 1))) {
        word.append(text.charAt(++i));
        inWord = true;
      } else if (quote == '"') {
        if (c == '"') {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new BadInput(
          "the command has a " + quote + " without its partner: " + text, "close it");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean escapes(char quote, char next) {
    return quote == 0 || next == '"' || next == '\\';
  }
}
