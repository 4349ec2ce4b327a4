package dev.edgefleet.engine.check;

import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.parameter.Parameter;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects all Jinja of a task, each with its place. */
final class TaskJinja {
  private final Task task;
  private final List<JinjaUse> uses = new ArrayList<>();

  private TaskJinja(Task task) {
    this.task = task;
  }

  static List<JinjaUse> of(Task task, Optional<ParameterSchema<?>> schema) {
    TaskJinja of = new TaskJinja(task);
    task.when().forEach(of::condition);
    of.keywords();
    task.loop()
        .filter(loop -> !loop.passesOverUndefined())
        .ifPresent(loop -> of.uses.add(new JinjaUse(loop.place(), loop.items(), false)));
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
    task.keywords().throttle().ifPresent(this::text);
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
          uses.add(new JinjaUse(scalar.place(), text, bare));
        }
      }
      case YamlNode.Items items -> items.items().forEach(item -> scalars(item, bare));
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach(entry -> scalars(entry.value(), bare));
    }
  }

  private void condition(Condition condition) {
    if (condition.expression() instanceof NegatedConditions all) {
      all.conditions().forEach(this::condition);
      return;
    }
    uses.add(new JinjaUse(condition.place(), condition.expression(), true));
  }

  private void text(Object raw) {
    uses.add(new JinjaUse(task.place(), raw, false));
  }
}
