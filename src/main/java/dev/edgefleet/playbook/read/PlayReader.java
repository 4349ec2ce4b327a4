package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Batch;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.UnsupportedKeywords;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one play. */
final class PlayReader {
  private final Map<String, ParameterSchema<?>> actions;
  private final Imports imports;
  private final List<Problem> problems;

  PlayReader(Map<String, ParameterSchema<?>> actions, Imports imports, List<Problem> problems) {
    this.actions = actions;
    this.imports = imports;
    this.problems = problems;
  }

  /** Whether what should be plays are tasks, as in a role's file. */
  boolean areTasks(YamlNode.Items items) {
    return !items.items().isEmpty()
        && items.items().stream()
            .allMatch(
                item ->
                    item instanceof YamlNode.Mapping mapping
                        && mapping.get(Keyword.HOSTS.text()).isEmpty()
                        && mapping.entries().stream()
                            .map(entry -> ActionName.withoutCollection(entry.key()))
                            .anyMatch(
                                word ->
                                    actions.containsKey(word)
                                        || UnsupportedKeywords.forModule(word).isPresent()));
  }

  /**
   * @param scope what the imports of this playbook give it; their variables win over the play's
   */
  Play read(YamlNode.Mapping mapping, int number, Path file, InheritedScope scope) {
    ParsedKeywords given = ParsedKeywords.read(mapping, StatementKind.PLAY, problems);
    given
        .others()
        .forEach(
            entry ->
                problems.add(
                    new UnknownKeyword(entry, StatementKind.PLAY).problem(false, Set.of())));
    if (mapping.get(Keyword.HOSTS.text()).isEmpty()) {
      problems.add(
          Problem.at(mapping.place(), "this play has no 'hosts'", "name a group, or 'all'"));
    }
    String pattern = pattern(given);
    InheritedScope inside = scope.insidePlay(given);
    InheritedScope forTasks =
        new InheritedScope(inside.keywords(), inside.tags(), Map.of(), inside.when(), List.of());
    InheritedScope forHandlers =
        new InheritedScope(inside.keywords(), inside.tags(), Map.of(), List.of(), List.of());
    TaskReader tasks = new TaskReader(actions, imports, problems);
    Play play =
        new Play(
            mapping.place(),
            number,
            file,
            given.text(Keyword.NAME).orElse(pattern),
            pattern,
            given.node(Keyword.HOSTS).orElse(mapping).place(),
            variables(given, scope),
            variableFiles(given),
            new PromptReader(problems).prompts(given),
            Map.of(),
            inside.keywords(),
            given.truth(Keyword.GATHER_FACTS),
            given.node(Keyword.SERIAL).map(ParsedKeywords::items).orElse(List.of()).stream()
                .map(PlayReader::batch)
                .toList(),
            given.share(Keyword.MAX_FAIL_PERCENTAGE),
            inside.tags(),
            tasks.items(given.node(Keyword.PRE_TASKS), number + ".pre", forTasks),
            tasks.items(given.node(Keyword.TASKS), String.valueOf(number), forTasks),
            tasks.items(given.node(Keyword.POST_TASKS), number + ".post", forTasks),
            tasks.handlers(given.node(Keyword.HANDLERS), number + ".handler", forHandlers),
            new RolloutReader(problems).rollout(given));
    // A role would have brought handlers along.
    if (mapping.get("roles").isEmpty()) {
      notified(tasks.notified(), play.handlers());
    }
    return play;
  }

  // A comma inside of Jinja is none between patterns.
  private static String pattern(ParsedKeywords given) {
    List<String> texts = given.texts(Keyword.HOSTS);
    return texts.stream().anyMatch(ValueType::holdsTemplate)
        ? String.join(",", texts)
        : String.join(",", given.splitTexts(Keyword.HOSTS));
  }

  private void notified(List<YamlNode> names, List<Handler> handlers) {
    Set<String> known = new TreeSet<>();
    for (Handler handler : handlers) {
      known.add(handler.task().name());
      known.addAll(handler.topics());
    }
    // A handler whose name is made at run time may be any.
    if (known.stream().anyMatch(ValueType::holdsTemplate)) {
      return;
    }
    for (YamlNode name : names) {
      String text = ValueType.text(name).orElse("");
      if (!known.contains(text) && !ValueType.holdsTemplate(text)) {
        problems.add(
            Problem.at(
                name.place(),
                "no handler of this play is called '" + text + "' or listens to it",
                known.isEmpty() ? "add it under handlers:" : Nearest.remedy(text, known)));
      }
    }
  }

  private static Map<String, @Nullable Object> variables(
      ParsedKeywords given, InheritedScope scope) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    given
        .text(Keyword.CONNECTION)
        .map(ActionName::withoutCollection)
        .ifPresent(kind -> variables.put("ansible_connection", kind));
    variables.putAll(given.mapping(Keyword.VARS));
    variables.putAll(scope.variables());
    return variables;
  }

  private Map<String, @Nullable Object> variableFiles(ParsedKeywords given) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    for (YamlNode entry :
        given.node(Keyword.VARS_FILES).map(ParsedKeywords::items).orElse(List.of())) {
      YamlNode name = entry instanceof YamlNode.Items choice ? firstThatExists(choice) : entry;
      imports
          .find(name, List.of("vars"))
          .flatMap(file -> imports.read(file, Optional.of(name), root -> mapping(root, file)))
          .ifPresent(variables::putAll);
    }
    return variables;
  }

  // When none exists, the last one's absence is what is reported.
  private YamlNode firstThatExists(YamlNode.Items choice) {
    return choice.items().stream()
        .filter(name -> imports.exists(name, List.of("vars")))
        .findFirst()
        .orElse(choice.items().getLast());
  }

  private Map<String, @Nullable Object> mapping(YamlNode root, Path file) {
    if (root instanceof YamlNode.Mapping mapping) {
      ParsedKeywords.namesAreValid(mapping, problems);
      return mapping.value();
    }
    problems.add(
        Problem.at(
            root.place(),
            file + " is not a mapping of variables, found " + root.kind(),
            "write name: value, one a line"));
    return Map.of();
  }

  private static Batch batch(YamlNode node) {
    String text = ValueType.text(node).orElse("");
    return text.endsWith("%")
        ? new Batch.Percent(ValueType.share(node))
        : new Batch.Count(Integer.parseInt(text));
  }
}
