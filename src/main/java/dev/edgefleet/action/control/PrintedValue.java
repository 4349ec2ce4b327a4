package dev.edgefleet.action.control;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value as people read it in a message: texts as they are, lists and mappings as in YAML flow.
 */
final class PrintedValue {
  private PrintedValue() {}

  static String of(@Nullable Object value) {
    return value instanceof String text ? text : nested(value);
  }

  private static String nested(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(
                  entry -> nested(String.valueOf(entry.getKey())) + ": " + nested(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> items ->
          items.stream().map(PrintedValue::nested).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }
}
