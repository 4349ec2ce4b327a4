package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Block;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Item;
import dev.edgefleet.playbook.LoopKeywords;
import dev.edgefleet.playbook.Meta;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.Until;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.playbook.parameter.TaskParameters;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads lists of tasks: blocks, imported files, meta tasks, handlers and tasks proper. */
final class TaskReader {
  private final Map<String, ParameterSchema<?>> actions;
  private final Imports imports;
  private final List<Problem> problems;
  private final List<YamlNode> notified = new ArrayList<>();

  TaskReader(Map<String, ParameterSchema<?>> actions, Imports imports, List<Problem> problems) {
    this.actions = actions;
    this.imports = imports;
    this.problems = problems;
  }

  /**
   * @param prefix path of the list; an item's path is the prefix, a dot and its number
   */
  List<Item> items(Optional<YamlNode> list, String prefix, InheritedScope scope) {
    List<Item> items = new ArrayList<>();
    each(
        list,
        "a task",
        (mapping, number) -> item(mapping, prefix + "." + number, scope).ifPresent(items::add));
    return items;
  }

  List<Handler> handlers(Optional<YamlNode> list, String prefix, InheritedScope scope) {
    List<Handler> handlers = new ArrayList<>();
    each(
        list,
        "a handler",
        (mapping, number) -> handlers.addAll(handler(mapping, prefix + "." + number, scope)));
    return handlers;
  }

  /** What the statements read so far notify, each where it stands. */
  List<YamlNode> notified() {
    return notified;
  }

  private interface Numbered {
    void read(YamlNode.Mapping mapping, int number);
  }

  private void each(Optional<YamlNode> list, String what, Numbered reader) {
    List<YamlNode> nodes = list.map(ParsedKeywords::items).orElse(List.of());
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof YamlNode.Mapping mapping) {
        reader.read(mapping, i + 1);
      } else {
        problems.add(
            Problem.at(
                nodes.get(i).place(),
                what + " is a mapping, found " + nodes.get(i).kind(),
                "write an action and its parameters, as in '- command: uptime'"));
      }
    }
  }

  private Optional<Item> item(YamlNode.Mapping mapping, String path, InheritedScope scope) {
    StatementKind statement = statement(mapping);
    ParsedKeywords given = read(mapping, statement);
    return switch (statement) {
      case BLOCK -> Optional.of(block(given, path, scope));
      case IMPORT_TASKS -> imported(given, path, scope);
      case META -> meta(given, path, scope);
      case TASK, HANDLER, PLAY, IMPORT_PLAYBOOK, LOOP_CONTROL, ROLLOUT, WAVE, GATE, PROMPT ->
          task(given, StatementKind.TASK, path, scope).map(task -> task);
    };
  }

  private ParsedKeywords read(YamlNode.Mapping mapping, StatementKind statement) {
    ParsedKeywords given = ParsedKeywords.read(mapping, statement, problems);
    given.node(Keyword.NOTIFY).map(ParsedKeywords::items).ifPresent(notified::addAll);
    return given;
  }

  private static StatementKind statement(YamlNode.Mapping mapping) {
    for (YamlNode.Entry entry : mapping.entries()) {
      switch (ActionName.withoutCollection(entry.key())) {
        case "block", "rescue", "always" -> {
          return StatementKind.BLOCK;
        }
        case "import_tasks" -> {
          return StatementKind.IMPORT_TASKS;
        }
        case "meta" -> {
          return StatementKind.META;
        }
        default -> {}
      }
    }
    return StatementKind.TASK;
  }

  private Block block(ParsedKeywords given, String path, InheritedScope scope) {
    noOthers(given, StatementKind.BLOCK);
    if (given.node(Keyword.BLOCK_TASKS).isEmpty()) {
      problems.add(
          Problem.at(
              given.mapping().place(),
              "this has 'rescue' or 'always' and no 'block'",
              "put the tasks that may fail under block:"));
    }
    InheritedScope inside = scope.inside(given);
    return new Block(
        given.mapping().place(),
        path,
        given.text(Keyword.NAME).orElse(""),
        items(given.node(Keyword.BLOCK_TASKS), path, inside),
        items(given.node(Keyword.RESCUE), path + ".rescue", inside),
        items(given.node(Keyword.ALWAYS), path + ".always", inside));
  }

  private Optional<Item> imported(ParsedKeywords given, String path, InheritedScope scope) {
    noOthers(given, StatementKind.IMPORT_TASKS);
    InheritedScope inside = scope.inside(given);
    return importedFile(given, List.of("tasks"), root -> items(Optional.of(root), path, inside))
        .map(
            tasks ->
                new Block(
                    given.mapping().place(),
                    path,
                    given.text(Keyword.NAME).orElse(""),
                    tasks,
                    List.of(),
                    List.of()));
  }

  private <T> Optional<List<T>> importedFile(
      ParsedKeywords given, List<String> subdirectories, Function<YamlNode, List<T>> reader) {
    Optional<YamlNode> name = given.node(Keyword.IMPORT_TASKS_FILE);
    Optional<Path> file = name.flatMap(node -> imports.find(node, subdirectories));
    return file.map(
        found ->
            imports
                .read(
                    found,
                    name,
                    root -> {
                      if (!(root instanceof YamlNode.Items)) {
                        problems.add(
                            Problem.at(
                                root.place(),
                                "a file of tasks is a list of tasks, found " + root.kind(),
                                "start each task with '- '"));
                        return List.<T>of();
                      }
                      return reader.apply(root);
                    })
                .orElse(List.of()));
  }

  private Optional<Item> meta(ParsedKeywords given, String path, InheritedScope scope) {
    noOthers(given, StatementKind.META);
    InheritedScope inside = scope.inside(given);
    return given
        .text(Keyword.META_KIND)
        .map(
            kind ->
                new Meta(
                    given.mapping().place(),
                    path,
                    Meta.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    inside.when(),
                    inside.tags()));
  }

  private List<Handler> handler(YamlNode.Mapping mapping, String path, InheritedScope scope) {
    StatementKind statement = statement(mapping);
    if (statement == StatementKind.IMPORT_TASKS) {
      ParsedKeywords given = read(mapping, statement);
      noOthers(given, statement);
      InheritedScope inside = scope.inside(given);
      return importedFile(
              given,
              List.of("handlers", "tasks"),
              root -> handlers(Optional.of(root), path, inside))
          .orElse(List.of());
    }
    if (statement != StatementKind.TASK) {
      problems.add(
          Problem.at(
              mapping.place(),
              statement.title() + " cannot be a handler",
              "write the tasks as handlers of their own, with one listen: for all of them"));
      return List.of();
    }
    ParsedKeywords given = read(mapping, StatementKind.HANDLER);
    return task(given, StatementKind.HANDLER, path, scope).stream()
        .map(task -> new Handler(task, new LinkedHashSet<>(given.texts(Keyword.LISTEN))))
        .toList();
  }

  private Optional<Task> task(
      ParsedKeywords given, StatementKind statement, String path, InheritedScope scope) {
    Optional<YamlNode.Entry> action = action(given, statement);
    InheritedScope inside = scope.inside(given);
    LoopReader loops = new LoopReader(problems);
    Optional<LoopKeywords> loop = loops.loop(given);
    Optional<Until> until = loops.until(given);
    return action.map(
        entry -> {
          String name = ActionName.withoutCollection(entry.key());
          ParameterSchema<?> schema = schema(name);
          YamlNode parameters =
              new TaskParameters(schema, problems).read(entry.value(), given.node(Keyword.ARGS));
          schema.check(parameters, entry.keyPlace(), problems);
          return new Task(
              given.mapping().place(),
              path,
              given.text(Keyword.NAME).orElse(name),
              name,
              parameters,
              inside.tags(),
              inside.variables(),
              inside.when(),
              loop,
              until,
              given.text(Keyword.REGISTER),
              given.conditionsIfGiven(Keyword.CHANGED_WHEN),
              given.conditionsIfGiven(Keyword.FAILED_WHEN),
              inside.notifies(),
              inside.keywords());
        });
  }

  private Optional<YamlNode.Entry> action(ParsedKeywords given, StatementKind statement) {
    List<YamlNode.Entry> named =
        given.others().stream()
            .filter(entry -> actions.containsKey(ActionName.withoutCollection(entry.key())))
            .toList();
    for (YamlNode.Entry entry : given.others()) {
      if (!named.contains(entry)) {
        unknown(entry, statement, named.isEmpty());
      }
    }
    if (named.size() > 1) {
      problems.add(
          Problem.at(
              named.get(1).keyPlace(),
              "a task has one action, found '"
                  + named.get(0).key()
                  + "' and '"
                  + named.get(1).key()
                  + "'",
              "make two tasks of it"));
    }
    if (given.others().isEmpty()) {
      problems.add(
          Problem.at(
              given.mapping().place(),
              statement.title().replaceFirst("^a ", "this ") + " has no action",
              "known are: " + String.join(", ", new TreeSet<>(actions.keySet()))));
    }
    return named.stream().findFirst();
  }

  private ParameterSchema<?> schema(String action) {
    ParameterSchema<?> schema = actions.get(action);
    if (schema == null) {
      throw new IllegalStateException(action);
    }
    return schema;
  }

  private void unknown(YamlNode.Entry entry, StatementKind statement, boolean mayBeTheAction) {
    Set<String> known = new TreeSet<>(actions.keySet());
    known.addAll(List.of("block", "import_tasks", "meta"));
    problems.add(new UnknownKeyword(entry, statement).problem(mayBeTheAction, known));
  }

  private void noOthers(ParsedKeywords given, StatementKind statement) {
    given
        .others()
        .forEach(
            entry -> problems.add(new UnknownKeyword(entry, statement).problem(false, Set.of())));
  }
}
