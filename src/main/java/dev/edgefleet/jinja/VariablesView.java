package dev.edgefleet.jinja;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Variables as a mapping, of which only what is asked for is evaluated. */
final class VariablesView extends AbstractMap<String, @Nullable Object> {
  private final Templates templates;
  private final Supplier<Variables> variables;

  VariablesView(Templates templates, Supplier<Variables> variables) {
    this.templates = templates;
    this.variables = variables;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return key instanceof String name ? templates.valueOf(name, variables.get()) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name && variables.get().find(name).isPresent();
  }

  @Override
  public Set<String> keySet() {
    return variables.get().names();
  }

  @Override
  public int size() {
    return keySet().size();
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    keySet().forEach(name -> all.put(name, get(name)));
    return all.entrySet();
  }
}
