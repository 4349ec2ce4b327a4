package dev.edgefleet.action.file;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.file.NewFileCheck;
import dev.edgefleet.text.ShellWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code validate}: the program that has to accept a new file before it takes the old one's place.
 *
 * @param words program and arguments
 * @param at which of them the file's path comes into
 * @param before what stands in it before the path
 * @param after what stands in it behind the path
 */
record Validation(List<String> words, int at, String before, String after) {
  // So much of the step's time is left for the file itself.
  private static final Duration RESERVE = Duration.ofSeconds(5);

  /**
   * @throws BadInput when it does not name the file with one {@code %s}
   */
  @SuppressWarnings("OrphanedFormatString") // The mark that operators write.
  static Validation of(String text) {
    List<String> words = new ArrayList<>();
    int at = -1;
    String before = "";
    String after = "";
    for (String word : ShellWords.split(text)) {
      StringBuilder plain = new StringBuilder();
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        char next = i + 1 < word.length() ? word.charAt(i + 1) : ' ';
        if (c == '%' && next == 's') {
          if (at >= 0) {
            throw new BadInput(
                "'validate' names the new file twice: " + text, "write one %s for its path");
          }
          at = words.size();
          before = plain.toString();
          plain.setLength(0);
          i++;
        } else if (c == '%' && next == '%') {
          plain.append('%');
          i++;
        } else {
          plain.append(c);
        }
      }
      if (at == words.size()) {
        after = plain.toString();
      }
      words.add(plain.toString());
    }
    if (at < 0) {
      throw new BadInput(
          "'validate' does not name the new file: " + text,
          "write %s where its path belongs, as in visudo -cf %s");
    }
    return new Validation(List.copyOf(words), at, before, after);
  }

  /**
   * @throws BadInput on Windows, where nothing is asked
   */
  NewFileCheck on(ActionContext context) {
    if (context.onWindows()) {
      throw new BadInput(
          "'validate' cannot be used on a Windows device",
          "leave it out, or check the content with a task of its own before this one");
    }
    Duration left = context.left().minus(RESERVE);
    return new NewFileCheck(words, at, before, after, context.environment(), left);
  }
}
