package dev.edgefleet.engine.step;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one task came out on one device, all its loop items together.
 *
 * @param value what {@code register} keeps
 * @param facts that it found
 * @param variables that it set
 */
public record TaskResult(
    Kind kind,
    Map<String, @Nullable Object> value,
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> variables) {
  /** What it means to the device. */
  public enum Kind {
    /** It goes on. */
    DONE,
    FAILED,
    UNREACHABLE,
    /** It was not done to its end because the run ends. */
    STOPPED,
    /** A process before this one may have done it; it waits for the operator's word. */
    HELD
  }

  static final TaskResult HELD = new TaskResult(Kind.HELD, Map.of(), Map.of(), Map.of());

  public static final TaskResult STOPPED =
      new TaskResult(Kind.STOPPED, Map.of(), Map.of(), Map.of());
}
