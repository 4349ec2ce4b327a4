package dev.edgefleet.engine;

import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.Parameter;
import dev.edgefleet.playbook.ParameterSchema;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects all Jinja of a task, each with its place. */
final class TaskUses {
  private final Task task;
  private final List<Use> uses = new ArrayList<>();

  private TaskUses(Task task) {
    this.task = task;
  }

  static List<Use> of(Task task, Optional<ParameterSchema<?>> schema) {
    TaskUses of = new TaskUses(task);
    task.when().forEach(of::condition);
    of.keywords();
    task.loop().ifPresent(loop -> of.uses.add(new Use(loop.place(), loop.items(), false)));
    task.loop()
        .ifPresent(
            loop -> {
              loop.label().ifPresent(of::text);
              loop.pause().ifPresent(of::text);
            });
    schema.ifPresent(of::parameters);
    task.until()
        .ifPresent(
            until -> {
              until.conditions().forEach(of::condition);
              of.text(until.retries());
              of.text(until.delay());
            });
    task.changedWhen().ifPresent(conditions -> conditions.forEach(of::condition));
    task.failedWhen().ifPresent(conditions -> conditions.forEach(of::condition));
    task.notifies().forEach(of::text);
    return of.uses;
  }

  private void keywords() {
    task.keywords().become().become().ifPresent(this::condition);
    task.keywords().become().user().ifPresent(this::text);
    task.keywords().ignoreErrors().ifPresent(this::condition);
    task.keywords().ignoreUnreachable().ifPresent(this::condition);
    task.keywords().noLog().ifPresent(this::condition);
    task.keywords().timeout().ifPresent(this::text);
    text(task.keywords().environment());
  }

  private void parameters(ParameterSchema<?> schema) {
    Map<String, YamlNode> given = schema.given(task.parameters());
    for (Parameter parameter : schema.parameters()) {
      YamlNode node = given.get(parameter.name());
      if (node != null) {
        scalars(node, parameter.isExpression());
      }
    }
  }

  private void scalars(YamlNode node, boolean bare) {
    switch (node) {
      case YamlNode.Scalar scalar -> {
        if (scalar.value() instanceof String text) {
          uses.add(new Use(scalar.place(), text, bare));
        }
      }
      case YamlNode.Items items -> items.items().forEach(item -> scalars(item, bare));
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach(entry -> scalars(entry.value(), bare));
    }
  }

  private void condition(Condition condition) {
    if (condition.expression() instanceof NotAll all) {
      all.conditions().forEach(this::condition);
      return;
    }
    uses.add(new Use(condition.place(), condition.expression(), true));
  }

  private void text(Object raw) {
    uses.add(new Use(task.place(), raw, false));
  }
}
