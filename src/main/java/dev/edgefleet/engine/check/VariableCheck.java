package dev.edgefleet.engine.check;

import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.step.GateStep;
import dev.edgefleet.engine.step.MagicVariables;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds Jinja that is wrong, and variables that will not be defined. A name counts as known when
 * anything in the playbook may set it (register, set_fact, a loop) or edgefleet does; a device that
 * a task's {@code when} leaves out needs none of the task's variables.
 */
final class VariableCheck {
  private static final int NAMED = 3;
  // To evaluate when on ten thousand devices would take longer than it helps.
  private static final int LOOKED_AT = 200;

  private final RunRequest request;
  private final Map<String, ParameterSchema<?>> actions;
  private final Templates templates;
  private final Predicate<String> maybeSet;
  private final Set<String> setOnTheWay = new LinkedHashSet<>();
  private final Set<String> results = new LinkedHashSet<>();
  private final Map<String, Set<String>> freeByText = new HashMap<>();
  private final Vault vault;
  private final List<Problem> included = new ArrayList<>();
  // Whether a file that only the run shows may set any name.
  private boolean anythingMayBeSet;

  /**
   * @param maybeSet whether what was not read of the playbook may set a variable of this name
   */
  VariableCheck(
      RunRequest request,
      Map<String, ParameterSchema<?>> actions,
      Templates templates,
      Vault vault,
      Predicate<String> maybeSet) {
    this.request = request;
    this.actions = actions;
    this.templates = templates;
    this.vault = vault;
    this.maybeSet = maybeSet;
    for (Play play : request.playbook().plays()) {
      play.prompts().forEach(prompt -> setOnTheWay.add(prompt.name()));
      Stream.concat(play.everyTask(), GateStep.tasks(play).stream())
          .forEach(task -> learn(play, task));
    }
  }

  List<Problem> problems(Play play, List<Device> devices) {
    List<Problem> problems = new ArrayList<>();
    Stream.concat(play.everyTask(), GateStep.tasks(play).stream())
        .filter(task -> request.tags().admits(task.tags()))
        .forEach(task -> problems.addAll(new OneTask(play, task, devices).problems()));
    return problems;
  }

  /** Names of registered results and of facts that tasks set. */
  Set<String> results() {
    return results;
  }

  /** What is wrong with files of variables that tasks name. */
  List<Problem> includedProblems() {
    return included;
  }

  private void learn(Play play, Task task) {
    ParameterSchema<?> schema = actions.get(task.action());
    if (task.action().equals(IncludedNames.ACTION) && schema != null) {
      IncludedNames read = IncludedNames.of(play, task, schema, vault);
      included.addAll(read.problems());
      read.names().ifPresent(setOnTheWay::addAll);
      anythingMayBeSet |= read.names().isEmpty();
    }
    task.register().ifPresent(results::add);
    if (task.action().equals("set_fact") && task.parameters() instanceof YamlNode.Mapping facts) {
      facts.entries().forEach(entry -> results.add(entry.key()));
    }
    setOnTheWay.addAll(results);
    task.loop()
        .ifPresent(
            loop -> {
              setOnTheWay.add(loop.variable());
              loop.indexVariable().ifPresent(setOnTheWay::add);
            });
  }

  private Set<String> free(@Nullable Object raw) {
    return raw instanceof String text
        ? freeByText.computeIfAbsent(text, known -> Templates.free(known).names())
        : Templates.free(raw).names();
  }

  // Facts have this beginning too, and only a device knows which there are.
  private boolean isKnown(String name) {
    return anythingMayBeSet
        || name.startsWith("ansible_")
        || MagicVariables.NAMES.contains(name)
        || setOnTheWay.contains(name);
  }

  /** One task of one play. */
  private final class OneTask {
    private final Play play;
    private final Task task;
    private final List<Device> devices;
    private final Map<String, Problem> byName = new LinkedHashMap<>();
    private final List<Problem> wrong = new ArrayList<>();

    OneTask(Play play, Task task, List<Device> devices) {
      this.play = play;
      this.task = task;
      this.devices = devices;
    }

    List<Problem> problems() {
      for (JinjaUse use : TaskJinja.of(task, Optional.ofNullable(actions.get(task.action())))) {
        try {
          for (String name : use.free()) {
            if (!byName.containsKey(name)) {
              undefined(name, use.place()).ifPresent(problem -> byName.put(name, problem));
            }
          }
        } catch (BadInput e) {
          wrong.addAll(e.at(use.place()).problems());
        }
      }
      List<Problem> all = new ArrayList<>(wrong);
      all.addAll(byName.values());
      return all;
    }

    private Optional<Problem> undefined(String name, Place place) {
      List<Missing> missing = new ArrayList<>();
      for (Device device : devices.subList(0, Math.min(LOOKED_AT, devices.size()))) {
        missingOn(device, name, new LinkedHashSet<>())
            .ifPresent(
                lacking -> {
                  Reach reach = reach(device, lacking);
                  if (reach != Reach.NOT) {
                    missing.add(new Missing(device.name(), lacking, reach == Reach.SURELY));
                  }
                });
      }
      if (missing.size() < Math.min(LOOKED_AT, devices.size())) {
        missing.removeIf(one -> !one.sure());
      }
      if (missing.isEmpty()) {
        return Optional.empty();
      }
      String lacking = missing.getFirst().name();
      if (maybeSet.test(lacking)) {
        return Optional.empty();
      }
      List<Missing> same = missing.stream().filter(m -> m.name().equals(lacking)).toList();
      return Optional.of(problem(name, lacking, same, place));
    }

    private Problem problem(String name, String lacking, List<Missing> missing, Place place) {
      String what =
          name.equals(lacking)
              ? "the variable '" + name + "' is not defined"
              : "the variable '" + name + "' needs '" + lacking + "', which is not defined";
      boolean onAll = missing.size() == Math.min(LOOKED_AT, devices.size());
      String where = onAll ? "" : " for " + named(missing);
      Set<String> known = new TreeSet<>(setOnTheWay);
      known.addAll(MagicVariables.NAMES);
      known.addAll(play.variables().keySet());
      known.addAll(play.variableFiles().keySet());
      known.addAll(task.variables().keySet());
      known.addAll(request.extraVariables().keySet());
      devices.stream().limit(NAMED).forEach(device -> known.addAll(device.variables().keySet()));
      return Problem.at(
          place,
          what + where,
          nearest(lacking, known)
              .filter(near -> onAll)
              .map(near -> "did you mean '" + near + "'?")
              .orElse("set it in the inventory, in the play's vars, or with -e " + lacking + "=…"));
    }

    // A variable that lacks the same one is no way out.
    private Optional<String> nearest(String lacking, Set<String> known) {
      Set<String> left = new TreeSet<>(known);
      Optional<String> near = Nearest.to(lacking, left);
      while (near.isPresent() && !devices.isEmpty() && lacksSomething(near.get())) {
        left.remove(near.get());
        near = Nearest.to(lacking, left);
      }
      return near;
    }

    private boolean lacksSomething(String name) {
      try {
        return missingOn(devices.getFirst(), name, new LinkedHashSet<>()).isPresent();
      } catch (BadInput wrong) {
        return true;
      }
    }

    private String named(List<Missing> missing) {
      List<String> names = missing.stream().map(Missing::device).limit(NAMED).toList();
      int more = missing.size() - names.size();
      return String.join(", ", names)
          + (more == 0
              ? ""
              : " and " + more + (devices.size() > LOOKED_AT ? " or more" : "") + " others");
    }

    /** The name that is missing in the end: itself, or one that its value is made from. */
    private Optional<String> missingOn(Device device, String name, Set<String> seen) {
      if (isKnown(name) || !seen.add(name)) {
        return Optional.empty();
      }
      for (Map<String, @Nullable Object> layer : layers(device)) {
        if (layer.containsKey(name)) {
          return neededBy(layer.get(name), name).stream()
              .flatMap(needed -> missingOn(device, needed, seen).stream())
              .findFirst();
        }
      }
      return Optional.of(name);
    }

    private Set<String> neededBy(@Nullable Object value, String name) {
      try {
        return free(value);
      } catch (BadInput e) {
        throw new BadInput(
            e.problems().stream()
                .map(
                    problem ->
                        Problem.of(
                            "in the variable '" + name + "': " + problem.found(), problem.remedy()))
                .toList());
      }
    }

    private List<Map<String, @Nullable Object>> layers(Device device) {
      return List.of(
          request.extraVariables(),
          task.variables(),
          play.variableFiles(),
          play.variables(),
          device.variables());
    }

    // Where when shows only in the run whether it holds, a name that no device has is a mistake all
    // the same, unless when speaks of it.
    private Reach reach(Device device, String lacking) {
      Variables variables =
          Variables.of(device.variables())
              .over(play.variables())
              .overLiteral(play.answers())
              .over(play.variableFiles())
              .over(task.variables())
              .over(request.extraVariables())
              .overLiteral(MagicVariables.beforeRun(request, device));
      for (Condition condition : task.when()) {
        try {
          if (!templates.condition(condition.expression(), variables)) {
            return Reach.NOT;
          }
        } catch (BadInput knownOnlyInTheRun) {
          return isGuarded(lacking) ? Reach.NOT : Reach.PERHAPS;
        }
      }
      return Reach.SURELY;
    }

    private boolean isGuarded(String name) {
      return task.when().stream()
          .anyMatch(
              condition ->
                  String.valueOf(condition.expression()).contains(name)
                      && !Templates.freeInCondition(condition.expression()).names().contains(name));
    }
  }

  private enum Reach {
    NOT,
    PERHAPS,
    SURELY
  }

  private record Missing(String device, String name, boolean sure) {}
}
