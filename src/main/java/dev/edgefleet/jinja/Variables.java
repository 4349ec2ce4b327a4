package dev.edgefleet.jinja;

import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one device at one task, in layers: a later layer hides an earlier one. Values
 * that the operator wrote may hold Jinja and are evaluated when they are looked at; what came from
 * a device is literal and never is.
 */
public final class Variables {
  private final List<Layer> layers;
  private final Consumer<Secret> secrets;

  private record Layer(
      Map<String, ? extends @Nullable Object> values, boolean literal, boolean supplied) {
    Value value(String name) {
      Object value = values.get(name);
      return new Value(
          supplied && value instanceof Supplier<?> supplier ? supplier.get() : value, literal);
    }
  }

  private Variables(List<Layer> layers, Consumer<Secret> secrets) {
    this.layers = layers;
    this.secrets = secrets;
  }

  public static Variables of(Map<String, ? extends @Nullable Object> lowest) {
    return new Variables(List.of(new Layer(lowest, false, false)), secret -> {});
  }

  /** These variables with another layer on top, whose values may hold Jinja. */
  public Variables over(Map<String, ? extends @Nullable Object> layer) {
    return with(new Layer(layer, false, false));
  }

  /** These variables with another layer on top, whose values are what they are. */
  public Variables overLiteral(Map<String, ? extends @Nullable Object> layer) {
    return with(new Layer(layer, true, false));
  }

  /**
   * These variables with another layer on top, each value of which is made when an expression asks
   * for it, and is then what it is.
   */
  public Variables overLazy(Map<String, ? extends Supplier<? extends @Nullable Object>> layer) {
    return with(new Layer(layer, true, true));
  }

  /** These variables with another layer below all of theirs, whose values may hold Jinja. */
  public Variables under(Map<String, ? extends @Nullable Object> layer) {
    List<Layer> all = new ArrayList<>(layers);
    all.addFirst(new Layer(layer, false, false));
    return new Variables(all, secrets);
  }

  /** Whether there is a variable of that name, which may be null. */
  public boolean has(String name) {
    return layers.stream().anyMatch(layer -> layer.values().containsKey(name));
  }

  private Variables with(Layer layer) {
    List<Layer> all = new ArrayList<>(layers);
    all.add(layer);
    return new Variables(all, secrets);
  }

  /**
   * These variables, telling of every {@code Secret} that an evaluation looks at and of every text
   * that it makes from one. Values may be {@code Secret}s; evaluated they are plain text.
   */
  public Variables tellingOf(Consumer<Secret> listener) {
    return new Variables(layers, listener);
  }

  /** The value as written; empty when there is no such variable. */
  Optional<Value> find(String name) {
    for (Layer layer : layers.reversed()) {
      if (layer.values().containsKey(name)) {
        return Optional.of(layer.value(name));
      }
    }
    return Optional.empty();
  }

  Consumer<Secret> secrets() {
    return secrets;
  }

  /** Names of all that there are, in no order that means something. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    layers.forEach(layer -> names.addAll(layer.values().keySet()));
    return names;
  }

  /**
   * A variable's value, which may be null.
   *
   * @param literal true when it is not to be evaluated
   */
  record Value(@Nullable Object value, boolean literal) {}
}
