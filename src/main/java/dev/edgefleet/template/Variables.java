package dev.edgefleet.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one device at one task, in layers: a later layer hides an earlier one. Values
 * may hold Jinja and are then evaluated when they are looked at.
 */
public final class Variables {
  private final List<Map<String, ? extends @Nullable Object>> layers;

  private Variables(List<Map<String, ? extends @Nullable Object>> layers) {
    this.layers = layers;
  }

  public static Variables of(Map<String, ? extends @Nullable Object> lowest) {
    return new Variables(List.of(lowest));
  }

  /** These variables with another layer on top. */
  public Variables over(Map<String, ? extends @Nullable Object> layer) {
    List<Map<String, ? extends @Nullable Object>> all = new ArrayList<>(layers);
    all.add(layer);
    return new Variables(all);
  }

  /**
   * The value as written; empty when there is no such variable. A null value is {@code
   * Value(null)}.
   */
  Optional<Value> find(String name) {
    for (Map<String, ? extends @Nullable Object> layer : layers.reversed()) {
      if (layer.containsKey(name)) {
        return Optional.of(new Value(layer.get(name)));
      }
    }
    return Optional.empty();
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    layers.forEach(layer -> names.addAll(layer.keySet()));
    return names;
  }

  /** A variable's value, which may be null. */
  record Value(@Nullable Object value) {}
}
