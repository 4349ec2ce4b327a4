package dev.edgefleet.engine.step;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one task came out on one device, all its loop items together.
 *
 * @param value what {@code register} keeps
 * @param facts that it found
 * @param variables that it set
 * @param included that it read from files
 */
public record TaskResult(
    TaskEnd end,
    Map<String, @Nullable Object> value,
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> variables,
    Map<String, @Nullable Object> included) {
  static final TaskResult HELD =
      new TaskResult(TaskEnd.HELD, Map.of(), Map.of(), Map.of(), Map.of());

  public static final TaskResult STOPPED =
      new TaskResult(TaskEnd.STOPPED, Map.of(), Map.of(), Map.of(), Map.of());
}
