package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON with Python's spacing.
 *
 * @param indent spaces a level; negative for all on one line
 * @param separator between items on one line
 */
public record PythonJson(int indent, boolean sortsKeys, boolean asciiOnly, String separator) {
  public String of(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, 0, out);
    return out.toString();
  }

  private void write(@Nullable Object value, int depth, StringBuilder out) {
    Limits.text(out.length());
    switch (value) {
      case null -> out.append("null");
      case Boolean truth -> out.append(truth);
      case Double real when real.isNaN() -> out.append("NaN");
      case Double real when real.isInfinite() -> out.append(real > 0 ? "Infinity" : "-Infinity");
      case Number number -> out.append(PythonText.of(number));
      case String text -> string(text, out);
      case List<?> items -> items(items, depth, out);
      case Map<?, ?> map -> map(map, depth, out);
      case Timestamp moment -> string(moment.iso(), out);
      case Undefined undefined -> throw new UndefinedUse(undefined);
      default ->
          throw new TemplateError(
              JinjaValues.kind(value) + " has no JSON form", "convert it first");
    }
  }

  private void items(List<?> items, int depth, StringBuilder out) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    boolean first = true;
    for (Object item : items) {
      between(first, depth + 1, out);
      first = false;
      write(item, depth + 1, out);
    }
    line(depth, out);
    out.append(']');
  }

  private void map(Map<?, ?> map, int depth, StringBuilder out) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    List<Object> keys = new ArrayList<>(map.keySet());
    if (sortsKeys) {
      keys.sort(Relations::compare);
    }
    boolean first = true;
    for (Object key : keys) {
      between(first, depth + 1, out);
      first = false;
      string(key(key), out);
      out.append(": ");
      write(map.get(key), depth + 1, out);
    }
    line(depth, out);
    out.append('}');
  }

  private static String key(@Nullable Object key) {
    return switch (key) {
      case null -> "null";
      case Boolean truth -> truth.toString();
      default -> PythonText.of(key);
    };
  }

  private void between(boolean first, int depth, StringBuilder out) {
    if (!first) {
      out.append(indent < 0 ? separator : ",");
    }
    line(depth, out);
  }

  private void line(int depth, StringBuilder out) {
    if (indent >= 0) {
      out.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || (asciiOnly && c > 0x7e)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
