package dev.edgefleet.action;

import dev.edgefleet.action.control.AssertAction;
import dev.edgefleet.action.control.DebugAction;
import dev.edgefleet.action.control.FailAction;
import dev.edgefleet.action.control.PauseAction;
import dev.edgefleet.action.control.SetFactAction;
import dev.edgefleet.action.file.CopyAction;
import dev.edgefleet.action.file.FetchAction;
import dev.edgefleet.action.file.FileAction;
import dev.edgefleet.action.file.LineInFileAction;
import dev.edgefleet.action.file.StatAction;
import dev.edgefleet.action.file.TemplateAction;
import dev.edgefleet.action.program.CommandAction;
import dev.edgefleet.action.program.ScriptAction;
import dev.edgefleet.action.program.ShellAction;
import dev.edgefleet.action.system.PingAction;
import dev.edgefleet.action.system.RebootAction;
import dev.edgefleet.action.system.ServiceAction;
import dev.edgefleet.action.system.SetupAction;
import dev.edgefleet.action.system.WaitForConnectionAction;
import dev.edgefleet.playbook.parameter.ParameterSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every action that a playbook may name, with its parameters. */
public final class Actions {
  private final Map<String, Registered<?>> byName = new LinkedHashMap<>();

  /** An action with the schema of its parameters. */
  public record Registered<P extends Record>(Action<P> action, ParameterSchema<P> schema) {}

  public Actions(List<Action<?>> actions) {
    actions.forEach(this::register);
  }

  /** The actions that know nothing of IoT Edge. */
  public static List<Action<?>> generic() {
    return List.of(
        new AssertAction(),
        new CommandAction(),
        new CopyAction(),
        new DebugAction(),
        new FailAction(),
        new FetchAction(),
        new FileAction(),
        new LineInFileAction(),
        new PauseAction(),
        new PingAction(),
        new RebootAction(),
        new ScriptAction(),
        new ServiceAction(),
        new SetFactAction(),
        new SetupAction(),
        new ShellAction(),
        new StatAction(),
        new TemplateAction(),
        new WaitForConnectionAction());
  }

  public Map<String, ParameterSchema<?>> schemas() {
    Map<String, ParameterSchema<?>> schemas = new LinkedHashMap<>();
    byName.forEach((name, registered) -> schemas.put(name, registered.schema()));
    return schemas;
  }

  /** The action of that name, which a checked playbook is known to have. */
  public Registered<?> get(String name) {
    Registered<?> registered = byName.get(name);
    if (registered == null) {
      throw new IllegalArgumentException("no action " + name);
    }
    return registered;
  }

  private <P extends Record> void register(Action<P> action) {
    byName.put(
        action.name(),
        new Registered<>(action, new ParameterSchema<>(action.name(), action.parameters())));
  }
}
