package dev.edgefleet.engine.check;

import dev.edgefleet.engine.step.ControllerFiles;
import dev.edgefleet.engine.step.VariableFile;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.playbook.read.ValueType;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known before a run of the variables that an {@code include_vars} will set.
 *
 * @param names empty where only the run shows which file, or which files, it reads
 * @param problems what is wrong with a file that is known
 */
record IncludedNames(Optional<Set<String>> names, List<Problem> problems) {
  static final String ACTION = "include_vars";

  static IncludedNames of(Play play, Task task, ParameterSchema<?> schema, Vault vault) {
    Map<String, YamlNode> given = schema.given(task.parameters());
    Optional<String> name = Optional.ofNullable(given.get("name")).flatMap(ValueType::text);
    Optional<Set<String>> named = name.filter(text -> !ValueType.holdsTemplate(text)).map(Set::of);
    YamlNode file = given.get("file");
    String text = file == null ? "" : ValueType.text(file).orElse("");
    if (file == null || text.isEmpty() || ValueType.holdsTemplate(text)) {
      return new IncludedNames(named, List.of());
    }
    try {
      Set<String> read = VariableFile.read(find(play, text), vault).keySet();
      return new IncludedNames(Optional.of(named.orElse(read)), List.of());
    } catch (BadInput e) {
      return new IncludedNames(named, e.at(file.place()).problems());
    }
  }

  private static Path find(Play play, String text) {
    ControllerFiles files = new ControllerFiles(play.file());
    if (Path.of(text).isAbsolute()) {
      return files.find(text);
    }
    try {
      return files.find("vars/" + text);
    } catch (BadInput inVars) {
      return files.find(text);
    }
  }
}
