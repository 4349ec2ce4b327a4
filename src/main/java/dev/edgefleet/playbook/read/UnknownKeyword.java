package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.UnsupportedKeywords;
import dev.edgefleet.yaml.YamlNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A word that its statement does not have: says why, and what to write instead. */
record UnknownKeyword(YamlNode.Entry entry, StatementKind statement) {
  private static final String OTHERWISE =
      "use command, shell or script; 'edgefleet doc' lists the actions";

  /**
   * @param mayBeTheAction whether it stands where a task's action was expected
   * @param actions what else may stand there
   */
  Problem problem(boolean mayBeTheAction, Set<String> actions) {
    String word = ActionName.withoutCollection(entry.key());
    Optional<String> instead =
        UnsupportedKeywords.forWord(statement, word)
            .or(() -> mayBeTheAction ? UnsupportedKeywords.forModule(word) : Optional.empty());
    if (instead.isPresent()) {
      return Problem.at(
          entry.keyPlace(),
          "'" + word + "' is a word of Ansible that edgefleet does not have",
          instead.get());
    }
    if (ActionName.isOfAnotherCollection(word)) {
      return Problem.at(
          entry.keyPlace(),
          "'" + word + "' is of an Ansible collection, and there are none here",
          otherCollection(word, actions));
    }
    Set<String> elsewhere = elsewhere(word);
    if (!elsewhere.isEmpty()) {
      return Problem.at(
          entry.keyPlace(),
          "'" + word + "' cannot stand in " + statement.title(),
          "it belongs to " + String.join(" or ", elsewhere));
    }
    Set<String> known =
        Keyword.of(statement).stream()
            .map(Keyword::text)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(actions);
    return mayBeTheAction
        ? Problem.at(
            entry.keyPlace(),
            "there is no action or task word '" + word + "'",
            Nearest.to(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .or(() -> UnsupportedKeywords.forModule(word))
                .orElse(OTHERWISE))
        : Problem.at(
            entry.keyPlace(),
            "unknown word '" + word + "' in " + statement.title(),
            Nearest.remedy(word, known));
  }

  private static String otherCollection(String word, Set<String> actions) {
    String module = word.substring(word.lastIndexOf('.') + 1);
    return actions.contains(module)
        ? "write '" + module + "'"
        : UnsupportedKeywords.forModule(module).orElse(OTHERWISE);
  }

  private static Set<String> elsewhere(String word) {
    return Arrays.stream(StatementKind.values())
        .filter(other -> Keyword.of(other).stream().anyMatch(known -> known.text().equals(word)))
        .map(StatementKind::title)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
