package dev.edgefleet.engine.check;

import dev.edgefleet.engine.step.ControllerFiles;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds files of the controller that a task names and that are not there. */
final class ControllerFileCheck {
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "copy", List.of("src"),
          "template", List.of("src"),
          "script", List.of("cmd"),
          "iotedge_config", List.of("identity_cert_src", "identity_pk_src"));

  private final Map<String, ParameterSchema<?>> actions;

  ControllerFileCheck(Map<String, ParameterSchema<?>> actions) {
    this.actions = actions;
  }

  List<Problem> problems(Play play) {
    List<Problem> problems = new ArrayList<>();
    play.everyTask().forEach(task -> problems.addAll(problems(task, play)));
    return problems;
  }

  private List<Problem> problems(Task task, Play play) {
    ParameterSchema<?> schema = actions.get(task.action());
    if (schema == null) {
      return List.of();
    }
    Map<String, YamlNode> given = schema.given(task.parameters());
    YamlNode onDevice = given.get("remote_src");
    if (onDevice != null && !Boolean.FALSE.equals(onDevice.value())) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    for (String parameter : PARAMETERS.getOrDefault(task.action(), List.of())) {
      YamlNode node = given.get(parameter);
      if (node != null && node.value() instanceof String text && !text.contains("{")) {
        missing(fileName(task, text), node, play, task.action().equals("template"))
            .ifPresent(problems::add);
      }
    }
    return problems;
  }

  // A script's arguments follow its name.
  private static String fileName(Task task, String text) {
    return task.action().equals("script") ? text.strip().split("\\s+", 2)[0] : text;
  }

  private static Optional<Problem> missing(
      String name, YamlNode node, Play play, boolean isTemplate) {
    if (name.startsWith("'") || name.startsWith("\"")) {
      return Optional.empty();
    }
    ControllerFiles files = new ControllerFiles(play.file());
    try {
      files.find(name);
      return Optional.empty();
    } catch (BadInput e) {
      return isTemplate && Files.exists(files.directory().resolve("templates").resolve(name))
          ? Optional.empty()
          : Optional.of(e.at(node.place()).problems().getFirst());
    }
  }
}
