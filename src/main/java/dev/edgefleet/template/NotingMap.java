package dev.edgefleet.template;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that notes which of its keys were asked for and are not there: to Jinjava a misspelt
 * attribute is the same as an empty one, and a condition on it would quietly hold or not.
 */
final class NotingMap extends AbstractMap<String, @Nullable Object> {
  private final String path;
  private final Map<?, ?> values;
  private final Set<String> missing;

  private NotingMap(String path, Map<?, ?> values, Set<String> missing) {
    this.path = path;
    this.values = values;
    this.missing = missing;
  }

  /** The value itself, or a mapping that notes; {@code path} is how the expression spells it. */
  static @Nullable Object of(String path, @Nullable Object value, Set<String> missing) {
    return value instanceof Map<?, ?> map ? new NotingMap(path, map, missing) : value;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    String attribute = path + "." + key;
    if (!values.containsKey(key)) {
      missing.add(attribute);
      return null;
    }
    return of(attribute, values.get(key), missing);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return values.containsKey(key);
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    @SuppressWarnings("unchecked") // every mapping in here has text keys
    Map<String, @Nullable Object> typed = (Map<String, @Nullable Object>) values;
    return typed.entrySet();
  }
}
