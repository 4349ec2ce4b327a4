package dev.edgefleet.action;

import dev.edgefleet.playbook.parameter.ParameterSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every action that a playbook may name, with its parameters. */
public final class Actions {
  private final Map<String, Registered<?>> byName = new LinkedHashMap<>();

  /** An action with the schema of its parameters. */
  public record Registered<P extends Record>(Action<P> action, ParameterSchema<P> schema) {}

  public Actions(List<Action<?>> actions) {
    actions.forEach(this::register);
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

  /** The action of that name, if there is one. */
  public Optional<Registered<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private <P extends Record> void register(Action<P> action) {
    byName.put(
        action.name(),
        new Registered<>(action, new ParameterSchema<>(action.name(), action.parameters())));
  }
}
