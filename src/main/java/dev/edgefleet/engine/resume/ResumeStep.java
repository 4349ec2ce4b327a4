package dev.edgefleet.engine.resume;

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
 * @param included what it read from files
 * @param secrets values that were secret to the device when it ended
 */
public record ResumeStep(
    String path,
    String item,
    StepStatus status,
    Map<String, @Nullable Object> value,
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> variables,
    Map<String, @Nullable Object> included,
    List<String> secrets) {
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", path);
    map.put("item", item);
    map.put("status", status.name());
    map.put("value", value);
    map.put("facts", facts);
    map.put("variables", variables);
    map.put("included", ResumeText.withSecrets(included));
    map.put("secrets", secrets);
    return map;
  }

  static ResumeStep of(Map<String, @Nullable Object> map) {
    return new ResumeStep(
        ResumeText.text(map, "path"),
        ResumeText.text(map, "item"),
        StepStatus.valueOf(ResumeText.text(map, "status")),
        ResumeText.map(map, "value"),
        ResumeText.map(map, "facts"),
        ResumeText.map(map, "variables"),
        ResumeText.secretsIn(ResumeText.map(map, "included")),
        ResumeText.texts(map, "secrets"));
  }

  boolean isOf(String step, String stepItem) {
    return Objects.equals(path, step) && Objects.equals(item, stepItem);
  }
}
