package dev.edgefleet.engine.check;

import dev.edgefleet.action.Actions;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.step.MagicVariables;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds tasks that cannot be done on devices which are Linux by their connection. A task whose
 * {@code when} may leave the device out, as far as is known before the run, is let through.
 */
final class PlatformCheck {
  private static final int NAMED = 3;
  // To evaluate when on ten thousand devices would take longer than it helps.
  private static final int LOOKED_AT = 200;
  private static final Set<String> OF_LINUX = Set.of("ssh", "smart", "paramiko", "paramiko_ssh");

  private final RunRequest request;
  private final Actions actions;
  private final Templates templates;

  PlatformCheck(RunRequest request, Actions actions, Templates templates) {
    this.request = request;
    this.actions = actions;
    this.templates = templates;
  }

  List<Problem> problems(Play play, List<Device> devices) {
    List<Problem> problems = new ArrayList<>();
    play.everyTask()
        .filter(task -> request.tags().admits(task.tags()))
        .filter(task -> actions.schemas().containsKey(task.action()))
        .filter(task -> !task.keywords().onController())
        .forEach(task -> problem(task, play, devices).ifPresent(problems::add));
    return problems;
  }

  private Optional<Problem> problem(Task task, Play play, List<Device> devices) {
    LinuxSupport support = actions.get(task.action()).action().onLinux();
    if (support instanceof LinuxSupport.Whole) {
      return Optional.empty();
    }
    List<String> refused = new ArrayList<>();
    Set<String> values = new TreeSet<>();
    for (Device device : devices.subList(0, Math.min(LOOKED_AT, devices.size()))) {
      Variables variables = variables(device, play, task);
      try {
        if (isLinux(variables) && reached(task, variables)) {
          Optional<String> value = refusedValue(support, task, variables);
          value.ifPresent(
              known -> {
                refused.add(device.name());
                values.add(known);
              });
        }
      } catch (BadInput knownOnlyInTheRun) {
        // The device is asked when it is there.
      }
    }
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(problem(task, support, refused, values));
  }

  /** The value that there is not on Linux; empty text where the whole action is not there. */
  private Optional<String> refusedValue(LinuxSupport support, Task task, Variables variables) {
    return switch (support) {
      case LinuxSupport.Whole whole -> Optional.empty();
      case LinuxSupport.None none -> Optional.of("");
      case LinuxSupport.With with -> {
        YamlNode given =
            actions.get(task.action()).schema().given(task.parameters()).get(with.parameter());
        String value =
            given == null
                ? with.byDefault()
                : Templates.text(templates.evaluate(given.value(), variables));
        yield with.values().contains(value) ? Optional.empty() : Optional.of(value);
      }
    };
  }

  private Problem problem(
      Task task, LinuxSupport support, List<String> refused, Set<String> values) {
    int more = refused.size() - NAMED;
    String who =
        String.join(", ", refused.subList(0, Math.min(NAMED, refused.size())))
            + (more > 0 ? " and " + more + " others" : "");
    String linux =
        refused.size() == 1
            ? who + " is a Linux device by its connection"
            : who + " are Linux devices by their connection";
    return support instanceof LinuxSupport.With with
        ? Problem.at(
            task.place(),
            task.action()
                + " has on Linux no "
                + with.parameter()
                + " "
                + String.join(", ", values)
                + ", only "
                + String.join(", ", new TreeSet<>(with.values()))
                + "; "
                + linux,
            "leave them out with hosts, --limit or when, or give another " + with.parameter())
        : Problem.at(
            task.place(),
            task.action() + " is for Windows devices; " + linux,
            "leave them out with hosts, --limit or when; a Windows device needs ansible_connection:"
                + " winrm");
  }

  private Variables variables(Device device, Play play, Task task) {
    return Variables.of(device.variables())
        .over(play.variables())
        .over(play.variableFiles())
        .over(task.variables())
        .over(request.extraVariables())
        .overLiteral(MagicVariables.beforeRun(request, device));
  }

  private boolean isLinux(Variables variables) {
    String connection =
        templates.variable("ansible_connection", variables).map(Templates::text).orElse("ssh");
    String shell =
        templates.variable("ansible_shell_type", variables).map(Templates::text).orElse("sh");
    return OF_LINUX.contains(connection.replaceFirst("^ansible\\.builtin\\.", ""))
        && !Set.of("powershell", "cmd").contains(shell);
  }

  private boolean reached(Task task, Variables variables) {
    return task.when().stream()
        .allMatch(condition -> templates.condition(condition.expression(), variables));
  }
}
