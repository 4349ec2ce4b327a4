package dev.edgefleet.playbook;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code loop} with its {@code loop_control}, and {@code until} with its company. */
final class LoopReader {
  private static final String ITEM = "item";
  private static final long RETRIES = 3;
  private static final long DELAY_SECONDS = 5;

  private final List<Problem> problems;

  LoopReader(List<Problem> problems) {
    this.problems = problems;
  }

  Optional<Loop> loop(Given task) {
    Optional<YamlNode> items = task.node(Word.LOOP);
    Optional<Given> control =
        task.node(Word.LOOP_CONTROL)
            .filter(YamlNode.Mapping.class::isInstance)
            .map(YamlNode.Mapping.class::cast)
            .map(mapping -> Given.read(mapping, Statement.LOOP_CONTROL, problems));
    control.ifPresent(
        given ->
            given
                .others()
                .forEach(
                    entry ->
                        problems.add(
                            new UnknownWord(entry, Statement.LOOP_CONTROL)
                                .problem(false, Set.of()))));
    if (items.isEmpty()) {
      needs(task, Word.LOOP_CONTROL, "loop");
      return Optional.empty();
    }
    return items.map(
        node ->
            new Loop(
                node.place(),
                node.value(),
                control.flatMap(given -> given.text(Word.LOOP_VAR)).orElse(ITEM),
                control.flatMap(given -> given.text(Word.INDEX_VAR)),
                control.flatMap(given -> given.text(Word.LABEL)),
                control.flatMap(given -> given.number(Word.PAUSE)),
                control.flatMap(given -> given.truth(Word.EXTENDED)).orElse(false)));
  }

  Optional<Until> until(Given task) {
    if (task.node(Word.UNTIL).isEmpty() && task.node(Word.RETRIES).isEmpty()) {
      needs(task, Word.DELAY, "until");
      return Optional.empty();
    }
    return Optional.of(
        new Until(
            task.conditions(Word.UNTIL),
            task.number(Word.RETRIES).orElse(RETRIES),
            task.number(Word.DELAY).orElse(DELAY_SECONDS)));
  }

  // Checked only where the other word was not given at all: given wrongly it is a problem already.
  private void needs(Given task, Word word, String other) {
    if (task.mapping().get(other).isPresent()) {
      return;
    }
    task.entry(word)
        .ifPresent(
            entry ->
                problems.add(
                    Problem.at(
                        entry.keyPlace(),
                        "'" + word.text() + "' means nothing without '" + other + "'",
                        "add " + other + ", or remove it")));
  }
}
