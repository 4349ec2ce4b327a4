package dev.edgefleet.engine.check;

import dev.edgefleet.engine.step.ControllerFiles;
import dev.edgefleet.failure.Place;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.parameter.Parameter;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the previews of a task on all devices share.
 *
 * @param given its parameters as written
 * @param seen files that were looked at once for all
 */
record PreviewedTask(
    Task task,
    ParameterSchema<?> schema,
    Map<String, YamlNode> given,
    ControllerFiles files,
    ControllerVault vault,
    Set<Path> seen) {
  /** Opens what is encrypted. */
  record ControllerVault(Vault vault) {
    Optional<byte[]> opened(String text) {
      return Vault.isEnvelope(text) ? Optional.of(vault.decrypt(text)) : Optional.empty();
    }
  }

  PreviewedTask(Task task, ParameterSchema<?> schema, ControllerFiles files, Vault vault) {
    this(
        task,
        schema,
        schema.given(task.parameters()),
        files,
        new ControllerVault(vault),
        ConcurrentHashMap.newKeySet());
  }

  Optional<String> byDefault(String parameter) {
    return schema.parameters().stream()
        .filter(known -> known.name().equals(parameter))
        .map(Parameter::words)
        .map(words -> words.byDefault())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  Place place(String parameter) {
    YamlNode node = given.get(parameter);
    return node == null ? task.place() : node.place();
  }
}
