package dev.edgefleet.playbook.read;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a playbook with all that it imports and checks every word; all problems come at once. */
public final class PlaybookFile {
  private final Imports imports;
  private final PlayReader playReader;
  private final List<Problem> problems;
  private final List<Play> plays = new ArrayList<>();

  private PlaybookFile(
      Path file, Map<String, ParameterSchema<?>> actions, Vault vault, List<Problem> problems) {
    this.problems = problems;
    imports = new Imports(file, vault, problems);
    playReader = new PlayReader(actions, imports, problems);
  }

  /**
   * @param actions every known action with its parameters
   * @param vault opens encrypted files and values
   * @throws BadInput with every problem found
   */
  public static Playbook read(Path file, Map<String, ParameterSchema<?>> actions, Vault vault) {
    List<Problem> problems = new ArrayList<>();
    Optional<Playbook> playbook = read(file, actions, vault, problems);
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return playbook.orElseThrow();
  }

  /**
   * As {@link #read(Path, Map, Vault)}, for who has more to look at before it tells of problems.
   *
   * @param problems takes every problem found
   * @return what could be read; where there are problems, tasks are missing in it
   */
  public static Optional<Playbook> read(
      Path file, Map<String, ParameterSchema<?>> actions, Vault vault, List<Problem> problems) {
    PlaybookFile reader = new PlaybookFile(file, actions, vault, problems);
    boolean any =
        reader
            .imports
            .read(file, Optional.empty(), root -> reader.plays(root, file, InheritedScope.NONE))
            .isPresent();
    if (!any && problems.isEmpty()) {
      problems.add(Problem.of(file + " is empty", "a playbook is a list of plays"));
    }
    return any
        ? Optional.of(new Playbook(file, List.copyOf(reader.plays), reader.imports.files()))
        : Optional.empty();
  }

  private boolean plays(YamlNode root, Path file, InheritedScope scope) {
    if (!(root instanceof YamlNode.Items items)) {
      problems.add(
          Problem.at(
              root.place(),
              "a playbook is a list of plays, found " + root.kind(),
              "start each play with '- hosts: …'"));
      return true;
    }
    if (playReader.areTasks(items)) {
      problems.add(
          Problem.at(
              root.place(),
              "this is a list of tasks, and a playbook is a list of plays",
              "name it in a play: - {hosts: …, tasks: [{import_tasks: " + file + "}]}"));
      return true;
    }
    for (YamlNode item : items.items()) {
      if (!(item instanceof YamlNode.Mapping mapping)) {
        problems.add(
            Problem.at(
                item.place(),
                "a play is a mapping, found " + item.kind(),
                "start each play with '- hosts: …'"));
      } else if (isImport(mapping)) {
        imported(mapping, scope);
      } else {
        plays.add(playReader.read(mapping, plays.size() + 1, file, scope));
      }
    }
    return true;
  }

  private static boolean isImport(YamlNode.Mapping mapping) {
    return mapping.entries().stream()
        .anyMatch(
            entry ->
                ActionName.withoutCollection(entry.key())
                    .equals(Keyword.IMPORT_PLAYBOOK_FILE.text()));
  }

  private void imported(YamlNode.Mapping mapping, InheritedScope scope) {
    ParsedKeywords given = ParsedKeywords.read(mapping, StatementKind.IMPORT_PLAYBOOK, problems);
    given
        .others()
        .forEach(
            entry ->
                problems.add(
                    new UnknownKeyword(entry, StatementKind.IMPORT_PLAYBOOK)
                        .problem(false, Set.of())));
    Optional<YamlNode> name = given.node(Keyword.IMPORT_PLAYBOOK_FILE);
    name.flatMap(node -> imports.find(node, List.of()))
        .ifPresent(
            file -> imports.read(file, name, root -> plays(root, file, scope.importing(given))));
  }
}
