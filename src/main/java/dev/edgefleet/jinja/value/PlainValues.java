package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.python.PythonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as they leave this package: texts, numbers, truth values, lists, and maps with text keys.
 */
public final class PlainValues {
  private PlainValues() {}

  public static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, item) -> result.put(PythonText.of(key), of(item)));
        yield result;
      }
      case List<?> items -> {
        List<@Nullable Object> result = new ArrayList<>(items.size());
        items.forEach(item -> result.add(of(item)));
        yield result;
      }
      case Namespace namespace -> of(namespace.values());
      case Undefined undefined when undefined.isNothing() -> "";
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case null -> null;
      case Boolean truth -> truth;
      case Integer number -> number.longValue();
      case Number number -> number;
      default -> PythonText.of(value);
    };
  }
}
