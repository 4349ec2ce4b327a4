package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a host line into words as a POSIX shell does: quotes and backslashes go, {@code #} outside
 * of them starts a comment, also in the middle of a word.
 */
final class ShellWords {
  private final String line;
  private final List<Word> words = new ArrayList<>();
  private int at;

  /**
   * @param column where it starts in the line, from 0
   */
  record Word(String text, int column) {}

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * @throws BadInput when a quote is not closed
   */
  static List<Word> split(String line) {
    ShellWords split = new ShellWords(line);
    while (split.next()) {}
    return split.words;
  }

  private boolean next() {
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    if (at == line.length() || line.charAt(at) == '#') {
      return false;
    }
    int start = at;
    StringBuilder word = new StringBuilder();
    while (at < line.length() && !isSpace(line.charAt(at))) {
      char c = line.charAt(at);
      switch (c) {
        case '#' -> {
          if (at > start) {
            words.add(new Word(word.toString(), start));
          }
          return false;
        }
        case '\'', '"' -> quoted(c, word);
        case '\\' -> escaped(word);
        default -> {
          word.append(c);
          at++;
        }
      }
    }
    words.add(new Word(word.toString(), start));
    return true;
  }

  private void quoted(char quote, StringBuilder word) {
    int start = at++;
    while (at < line.length() && line.charAt(at) != quote) {
      char c = line.charAt(at);
      boolean escape = c == '\\' && quote == '"' && at + 1 < line.length();
      if (escape && (line.charAt(at + 1) == '\\' || line.charAt(at + 1) == '"')) {
        at++;
        word.append(line.charAt(at));
      } else {
        word.append(c);
      }
      at++;
    }
    if (at == line.length()) {
      throw new BadInput(
          "the quote " + quote + " in column " + (start + 1) + " is not closed",
          "close it, or put a backslash before it");
    }
    at++;
  }

  private void escaped(StringBuilder word) {
    if (at + 1 == line.length()) {
      throw new BadInput("the line ends with a backslash", "remove it; lines are not continued");
    }
    word.append(line.charAt(at + 1));
    at += 2;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
