package dev.edgefleet.playbook;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a playbook and checks every word of it; all problems come at once. */
public final class PlaybookFile {
  private static final Set<String> PLAY_WORDS =
      Set.of("name", "hosts", "vars", "become", "become_user", "tags", "tasks");
  private static final Set<String> TASK_WORDS =
      Set.of("name", "when", "register", "tags", "vars", "become", "become_user");

  private final Map<String, ParameterSchema<?>> actions;
  private final List<Problem> problems = new ArrayList<>();
  private final YamlWords words = new YamlWords(problems);

  private PlaybookFile(Map<String, ParameterSchema<?>> actions) {
    this.actions = actions;
  }

  /**
   * @param actions every known action with its parameters
   * @throws BadInput with every problem found
   */
  public static Playbook read(Path file, Map<String, ParameterSchema<?>> actions, Vault vault) {
    PlaybookFile reader = new PlaybookFile(actions);
    YamlNode root =
        YamlFile.read(file, vault)
            .orElseThrow(() -> new BadInput(file + " is empty", "a playbook is a list of plays"));
    Playbook playbook = new Playbook(file, reader.plays(root, file));
    if (!reader.problems.isEmpty()) {
      throw new BadInput(reader.problems);
    }
    return playbook;
  }

  private List<Play> plays(YamlNode root, Path file) {
    if (!(root instanceof YamlNode.Items items)) {
      problems.add(
          Problem.at(
              root.place(),
              "a playbook is a list of plays, found " + root.kind(),
              "start each play with '- hosts: …'"));
      return List.of();
    }
    List<Play> plays = new ArrayList<>();
    for (YamlNode item : items.items()) {
      words
          .mapping(item, "a play")
          .ifPresent(play -> plays.add(play(play, plays.size() + 1, file)));
    }
    return plays;
  }

  private Play play(YamlNode.Mapping play, int number, Path file) {
    for (YamlNode.Entry entry : play.entries()) {
      if (!PLAY_WORDS.contains(entry.key())) {
        problems.add(
            Problem.at(
                entry.keyPlace(),
                "unknown word '" + entry.key() + "' in a play",
                Nearest.remedy(entry.key(), PLAY_WORDS)));
      }
    }
    Optional<YamlNode> hosts = play.get("hosts");
    if (hosts.isEmpty()) {
      problems.add(Problem.at(play.place(), "this play has no 'hosts'", "name a group or 'all'"));
    }
    String pattern = hosts.map(node -> String.join(",", words.texts(node, "hosts"))).orElse("all");
    Set<String> tags = new LinkedHashSet<>(words.texts(play.get("tags"), "tags"));
    return new Play(
        play.place(),
        number,
        file,
        words.text(play.get("name"), "name").orElse(pattern),
        pattern,
        hosts.map(YamlNode::place).orElse(play.place()),
        words.variables(play.get("vars")),
        Map.of(),
        keywords(play, Keywords.NONE),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        tags,
        List.of(),
        tasks(play.get("tasks"), number, tags, keywords(play, Keywords.NONE)),
        List.of(),
        List.of());
  }

  private List<Item> tasks(
      Optional<YamlNode> node, int play, Set<String> playTags, Keywords outer) {
    List<Item> tasks = new ArrayList<>();
    if (node.isPresent()) {
      List<YamlNode> items = words.items(node.get(), "tasks");
      for (int i = 0; i < items.size(); i++) {
        String path = play + "." + (i + 1);
        words
            .mapping(items.get(i), "a task")
            .flatMap(task -> task(task, path, playTags, outer))
            .ifPresent(tasks::add);
      }
    }
    return tasks;
  }

  private Optional<Task> task(
      YamlNode.Mapping task, String path, Set<String> playTags, Keywords outer) {
    List<YamlNode.Entry> candidates =
        task.entries().stream().filter(entry -> !TASK_WORDS.contains(entry.key())).toList();
    List<YamlNode.Entry> named =
        candidates.stream().filter(entry -> actions.containsKey(entry.key())).toList();
    for (YamlNode.Entry entry : candidates) {
      if (!named.contains(entry)) {
        unknownTaskWord(entry, named.isEmpty());
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
    if (named.isEmpty()) {
      if (candidates.isEmpty()) {
        problems.add(
            Problem.at(
                task.place(),
                "this task has no action",
                "known are: " + String.join(", ", new TreeSet<>(actions.keySet()))));
      }
      return Optional.empty();
    }
    YamlNode.Entry action = named.getFirst();
    schema(action.key()).check(action.value(), action.keyPlace(), problems);
    Set<String> tags = new LinkedHashSet<>(playTags);
    tags.addAll(words.texts(task.get("tags"), "tags"));
    return Optional.of(
        new Task(
            task.place(),
            path,
            words.text(task.get("name"), "name").orElse(action.key()),
            action.key(),
            action.value(),
            tags,
            words.variables(task.get("vars")),
            conditions(task.get("when")),
            Optional.empty(),
            Optional.empty(),
            words.text(task.get("register"), "register"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            keywords(task, outer)));
  }

  private ParameterSchema<?> schema(String action) {
    ParameterSchema<?> schema = actions.get(action);
    if (schema == null) {
      throw new IllegalStateException(action);
    }
    return schema;
  }

  private void unknownTaskWord(YamlNode.Entry entry, boolean mayBeTheAction) {
    Set<String> known = new TreeSet<>(TASK_WORDS);
    known.addAll(actions.keySet());
    problems.add(
        Problem.at(
            entry.keyPlace(),
            mayBeTheAction
                ? "there is no action or task word '" + entry.key() + "'"
                : "unknown word '" + entry.key() + "' in a task",
            Nearest.remedy(entry.key(), known)));
  }

  private List<Condition> conditions(Optional<YamlNode> when) {
    if (when.isEmpty()) {
      return List.of();
    }
    List<YamlNode> nodes =
        when.get() instanceof YamlNode.Items items ? items.items() : List.of(when.get());
    List<Condition> conditions = new ArrayList<>();
    for (YamlNode node : nodes) {
      Place place = node.place();
      if (node instanceof YamlNode.Scalar scalar && scalar.value() != null) {
        conditions.add(new Condition(place, scalar.value()));
      } else {
        problems.add(
            Problem.at(
                place, "'when' is an expression, found " + node.kind(), "write one, or a list"));
      }
    }
    return conditions;
  }

  private Keywords keywords(YamlNode.Mapping mapping, Keywords outer) {
    BecomeWords become =
        new BecomeWords(
            words.truth(mapping.get("become"), "become"),
            words.text(mapping.get("become_user"), "become_user"));
    return new Keywords(
        become.within(outer.become()),
        outer.environment(),
        outer.ignoreErrors(),
        outer.ignoreUnreachable(),
        outer.noLog(),
        outer.anyErrorsFatal(),
        outer.checkMode(),
        outer.runOnce(),
        outer.onController(),
        outer.timeout());
  }
}
