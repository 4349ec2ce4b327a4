package dev.edgefleet.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that statements set, in one another. */
final class VariableScope {
  private final @Nullable VariableScope outer;
  private final Map<String, @Nullable Object> names = new HashMap<>();

  VariableScope(@Nullable VariableScope outer) {
    this.outer = outer;
  }

  void set(String name, @Nullable Object value) {
    names.put(name, value);
  }

  /** What a local name stands for. */
  record Found(@Nullable Object value) {}

  Optional<Found> find(String name) {
    for (VariableScope scope = this; scope != null; scope = scope.outer) {
      if (scope.names.containsKey(name)) {
        return Optional.of(new Found(scope.names.get(name)));
      }
    }
    return Optional.empty();
  }
}
