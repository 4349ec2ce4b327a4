package dev.edgefleet.engine.check;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Playbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every word of a playbook that was not read whole, outside of its expressions. What could not be
 * read may define a variable only by writing its name: one that is nowhere is not defined.
 */
final class MentionedNames {
  private static final Pattern EXPRESSION = Pattern.compile("(?s)\\{\\{.*?}}|\\{%.*?%}|\\{#.*?#}");
  private static final Pattern CONDITION =
      Pattern.compile("(?m)^[\\s-]*(?:when|until|failed_when|changed_when|that):.*$");
  private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#.*$");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
  private static final String ENVELOPE = "$ANSIBLE_VAULT";

  private final Set<String> words = new HashSet<>();

  private MentionedNames() {}

  /**
   * @param found why it was not read whole
   * @return empty when names may stand where nobody can look
   */
  static Optional<MentionedNames> of(Playbook playbook, List<Problem> found) {
    Set<String> files = new LinkedHashSet<>();
    playbook.files().forEach(file -> files.add(file.toString()));
    for (Problem problem : found) {
      // A file that is not there, or cannot be read, might define anything.
      if (problem.place().isEmpty() || problem.found().contains("file")) {
        return Optional.empty();
      }
      problem.place().map(Place::file).ifPresent(files::add);
    }
    MentionedNames names = new MentionedNames();
    for (String file : files) {
      Optional<String> text = text(file);
      if (text.isEmpty() || text.get().contains(ENVELOPE)) {
        return Optional.empty();
      }
      names.add(text.get());
    }
    return Optional.of(names);
  }

  private static Optional<String> text(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file), StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  private void add(String text) {
    String outside = EXPRESSION.matcher(text).replaceAll(" ");
    outside = CONDITION.matcher(outside).replaceAll("");
    outside = COMMENT.matcher(outside).replaceAll("");
    for (Matcher word = WORD.matcher(outside); word.find(); ) {
      words.add(word.group());
    }
  }

  boolean has(String name) {
    return words.contains(name);
  }
}
