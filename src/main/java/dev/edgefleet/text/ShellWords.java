package dev.edgefleet.text;

import dev.edgefleet.failure.BadInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a POSIX shell does, without anything else a shell does: quotes and
 * backslashes go, nothing is expanded.
 */
public final class ShellWords {
  private final String line;
  private final boolean comments;
  private final List<Word> words = new ArrayList<>();
  private int at;

  /**
   * @param column where it starts in the line, from 0
   */
  public record Word(String text, int column) {}

  private ShellWords(String line, boolean comments) {
    this.line = line;
    this.comments = comments;
  }

  /**
   * @throws BadInput when a quote is not closed, or a backslash has nothing behind it
   */
  public static List<String> split(String line) {
    return all(line, false).stream().map(Word::text).toList();
  }

  /**
   * As {@link #split}; outside of quotes {@code #} starts a comment, also in the middle of a word.
   */
  public static List<Word> splitCommented(String line) {
    return all(line, true);
  }

  private static List<Word> all(String line, boolean comments) {
    ShellWords split = new ShellWords(line, comments);
    while (split.next()) {}
    return split.words;
  }

  private boolean next() {
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    if (at == line.length() || isComment()) {
      return false;
    }
    int start = at;
    StringBuilder word = new StringBuilder();
    while (at < line.length() && !isSpace(line.charAt(at)) && !isComment()) {
      char c = line.charAt(at);
      switch (c) {
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

  private boolean isComment() {
    return comments && line.charAt(at) == '#';
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
