package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.LoopKeywords;
import dev.edgefleet.playbook.Until;
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

  Optional<LoopKeywords> loop(ParsedKeywords task) {
    List<YamlNode.Entry> loops = loops(task);
    if (loops.size() > 1) {
      problems.add(
          Problem.at(
              loops.get(1).keyPlace(),
              "a task has one loop, found '"
                  + loops.get(0).key()
                  + "' and '"
                  + loops.get(1).key()
                  + "'",
              "leave one out"));
    }
    Optional<YamlNode.Entry> items = loops.stream().findFirst();
    Optional<ParsedKeywords> control =
        task.node(Keyword.LOOP_CONTROL)
            .filter(YamlNode.Mapping.class::isInstance)
            .map(YamlNode.Mapping.class::cast)
            .map(mapping -> ParsedKeywords.read(mapping, StatementKind.LOOP_CONTROL, problems));
    control.ifPresent(
        given ->
            given
                .others()
                .forEach(
                    entry ->
                        problems.add(
                            new UnknownKeyword(entry, StatementKind.LOOP_CONTROL)
                                .problem(false, Set.of()))));
    if (items.isEmpty()) {
      boolean wrong =
          Keyword.of(StatementKind.TASK).stream()
              .anyMatch(word -> word.loopKind().isPresent() && task.said(word));
      if (!wrong && unsupported(task).isEmpty()) {
        needs(task, Keyword.LOOP_CONTROL, "loop");
      }
      return Optional.empty();
    }
    return items.map(
        entry ->
            new LoopKeywords(
                entry.value().place(),
                ActionName.withoutCollection(entry.key()).replaceFirst("^with_", ""),
                entry.value().value(),
                control.flatMap(given -> given.text(Keyword.LOOP_VAR)).orElse(ITEM),
                control.flatMap(given -> given.text(Keyword.INDEX_VAR)),
                control.flatMap(given -> given.text(Keyword.LABEL)),
                control.flatMap(given -> given.number(Keyword.PAUSE)),
                control.flatMap(given -> given.truth(Keyword.EXTENDED)).orElse(false)));
  }

  // Those that are not known here are told of already.
  private static Optional<YamlNode.Entry> unsupported(ParsedKeywords task) {
    return task.others().stream().filter(entry -> entry.key().startsWith("with_")).findFirst();
  }

  private static List<YamlNode.Entry> loops(ParsedKeywords task) {
    return Keyword.of(StatementKind.TASK).stream()
        .filter(word -> word == Keyword.LOOP || word.loopKind().isPresent())
        .flatMap(word -> task.entry(word).stream())
        .toList();
  }

  Optional<Until> until(ParsedKeywords task) {
    if (task.node(Keyword.UNTIL).isEmpty() && task.node(Keyword.RETRIES).isEmpty()) {
      needs(task, Keyword.DELAY, "until");
      return Optional.empty();
    }
    return Optional.of(
        new Until(
            task.conditions(Keyword.UNTIL),
            task.number(Keyword.RETRIES).orElse(RETRIES),
            task.number(Keyword.DELAY).orElse(DELAY_SECONDS)));
  }

  // Checked only where the other word was not given at all: given wrongly it is a problem already.
  private void needs(ParsedKeywords task, Keyword word, String other) {
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
