package dev.edgefleet.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} makes: values that {@code set} can change from within a loop. */
record Namespace(Map<String, @Nullable Object> values) {
  static Namespace of(Arguments arguments) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Object start : arguments.positional()) {
      Values.map(start, "namespace()")
          .forEach((key, value) -> values.put(PythonText.of(key), value));
    }
    values.putAll(arguments.named());
    return new Namespace(values);
  }

  @Nullable Object member(String name) {
    return values.containsKey(name)
        ? values.get(name)
        : Undefined.because("the namespace has no '" + name + "'");
  }
}
