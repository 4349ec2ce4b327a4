package dev.edgefleet.engine;

import dev.edgefleet.journal.StepStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step's result as a resumed run needs it.
 *
 * @param path of the step
 * @param item of its id
 * @param status before {@code ignore_errors} and {@code rescue} were looked at
 * @param value what {@code register} keeps of it
 * @param facts that it found
 * @param variables that it set
 * @param secrets values that were secret to the device when it ended
 */
record KeptStep(
    String path,
    String item,
    StepStatus status,
    Map<String, @Nullable Object> value,
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> variables,
    List<String> secrets) {
  Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", path);
    map.put("item", item);
    map.put("status", status.name());
    map.put("value", value);
    map.put("facts", facts);
    map.put("variables", variables);
    map.put("secrets", secrets);
    return map;
  }

  static KeptStep of(Map<String, @Nullable Object> map) {
    return new KeptStep(
        KeptText.text(map, "path"),
        KeptText.text(map, "item"),
        StepStatus.valueOf(KeptText.text(map, "status")),
        KeptText.map(map, "value"),
        KeptText.map(map, "facts"),
        KeptText.map(map, "variables"),
        KeptText.texts(map, "secrets"));
  }

  boolean isOf(String step, String stepItem) {
    return Objects.equals(path, step) && Objects.equals(item, stepItem);
  }
}
