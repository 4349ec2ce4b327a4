package dev.edgefleet.engine.check;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.Actions;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.step.ControllerFiles;
import dev.edgefleet.engine.step.Evaluator;
import dev.edgefleet.engine.step.LoopItem;
import dev.edgefleet.engine.step.MagicVariables;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.LoopKeywords;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.secret.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with the controller's files that a run will send, on every device that they
 * go to.
 */
final class ControllerFileCheck {
  // What such a task makes on the controller, a later one may send: nobody knows before the run.
  private static final Set<String> WRITING =
      Set.of("command", "shell", "script", "copy", "template", "file", "lineinfile");

  private final RunRequest request;
  private final Actions actions;
  private final Templates templates;
  private final Vault vault;
  private final Set<String> setOnTheWay;
  private boolean filesMayBeMade;

  /** What was found of a play. */
  record Found(List<Problem> problems, List<Problem> warnings) {}

  /** Whether a task runs on a device. */
  private enum Runs {
    SURELY,
    PERHAPS,
    NOT
  }

  /**
   * @param setOnTheWay names of registered results and of facts that tasks set
   */
  ControllerFileCheck(
      RunRequest request,
      Actions actions,
      Templates templates,
      Vault vault,
      Set<String> setOnTheWay) {
    this.request = request;
    this.actions = actions;
    this.templates = templates;
    this.vault = vault;
    this.setOnTheWay = setOnTheWay;
  }

  Found found(Play play, List<Device> devices) {
    List<Problem> problems = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    for (Task task : play.everyTask().filter(request::runs).toList()) {
      if (!filesMayBeMade) {
        look(play, task, devices, problems, warnings);
      }
      filesMayBeMade |= makesFiles(task, task.keywords().onController());
    }
    filesMayBeMade |=
        play.hosts().equals("localhost")
            && play.everyTask().filter(request::runs).anyMatch(task -> makesFiles(task, true));
    return new Found(problems, warnings);
  }

  private static boolean makesFiles(Task task, boolean onController) {
    return task.action().equals("fetch") || (onController && WRITING.contains(task.action()));
  }

  private void look(
      Play play, Task task, List<Device> devices, List<Problem> problems, List<Problem> warnings) {
    Optional<Actions.Registered<?>> action = actions.find(task.action());
    if (action.isEmpty()) {
      return;
    }
    PreviewedTask previewed =
        new PreviewedTask(task, action.get().schema(), new ControllerFiles(play.file()), vault);
    // Reading and parsing thousands of certificates is work for all processors.
    List<DevicePreview> previews =
        devices.isEmpty()
            ? List.of(ofNoDevice(previewed, play, action.get().action()))
            : devices.parallelStream()
                .flatMap(device -> previews(previewed, play, device, action.get().action()))
                .toList();
    problems.addAll(
        FileFinding.grouped(
            previews.stream().flatMap(one -> one.problems().stream()).toList(), devices.size()));
    warnings.addAll(
        FileFinding.grouped(
            previews.stream().flatMap(one -> one.warnings().stream()).toList(), devices.size()));
  }

  // Which devices are meant may be what is wrong; names of files that need no device are known.
  private DevicePreview ofNoDevice(PreviewedTask previewed, Play play, Action<?> action) {
    DevicePreview preview =
        new DevicePreview(
            previewed, "", new Evaluator(templates, Variables.of(play.variables())), false);
    action.checkFiles(preview);
    return preview;
  }

  private Stream<DevicePreview> previews(
      PreviewedTask previewed, Play play, Device device, Action<?> action) {
    Task task = previewed.task();
    Variables variables = variables(play, task, device);
    List<DevicePreview> previews = new ArrayList<>();
    for (Optional<Variables> turn : turns(task, variables)) {
      Evaluator values = new Evaluator(templates, turn.orElse(variables));
      Runs runs = turn.isEmpty() ? Runs.PERHAPS : runs(task, values);
      if (runs != Runs.NOT) {
        DevicePreview preview =
            new DevicePreview(previewed, device.name(), values, runs == Runs.SURELY);
        action.checkFiles(preview);
        previews.add(preview);
      }
    }
    return previews.stream();
  }

  /** One for each item of its loop; an empty one where those are not known yet. */
  private List<Optional<Variables>> turns(Task task, Variables variables) {
    if (task.loop().isEmpty()) {
      return List.of(Optional.of(variables));
    }
    LoopKeywords loop = task.loop().get();
    try {
      if (new Evaluator(templates, variables).withoutOmitted(loop.items())
          instanceof List<?> items) {
        List<@Nullable Object> all = new ArrayList<>(items);
        List<Optional<Variables>> turns = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
          turns.add(Optional.of(variables.overLiteral(new LoopItem(loop, i, all).variables())));
        }
        return turns;
      }
    } catch (BadInput knownOnlyInTheRun) {
      // As for a list that cannot be had.
    }
    return List.of(Optional.empty());
  }

  private static Runs runs(Task task, Evaluator values) {
    for (Condition condition : task.when()) {
      try {
        if (!values.holds(condition)) {
          return Runs.NOT;
        }
      } catch (BadInput knownOnlyInTheRun) {
        return Runs.PERHAPS;
      }
    }
    return Runs.SURELY;
  }

  private Variables variables(Play play, Task task, Device device) {
    List<Map<String, @Nullable Object>> written =
        List.of(device.variables(), play.variables(), play.variableFiles(), task.variables());
    Variables variables = Variables.of(Map.of());
    for (Map<String, @Nullable Object> layer : written) {
      variables = variables.over(layer);
    }
    return variables
        .overLazy(new KnownOnlyOnTheWay(setOnTheWay, written))
        .over(request.extraVariables())
        .overLiteral(MagicVariables.beforePlay(request, play, device));
  }
}
