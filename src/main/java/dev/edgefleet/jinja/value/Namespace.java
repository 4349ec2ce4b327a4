package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.python.PythonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} makes: values that {@code set} can change from within a loop. */
public record Namespace(Map<String, @Nullable Object> values) {
  public static Namespace of(Arguments arguments) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Object start : arguments.positional()) {
      JinjaValues.map(start, "namespace()")
          .forEach((key, value) -> values.put(PythonText.of(key), value));
    }
    values.putAll(arguments.named());
    return new Namespace(values);
  }

  public @Nullable Object member(String name) {
    return values.containsKey(name)
        ? values.get(name)
        : Undefined.because("the namespace has no '" + name + "'");
  }
}
