package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Tuple;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code '%s: %05d' % (a, b)}. */
public final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ #0]*)(?<width>\\d{1,9})?"
              + "(?:\\.(?<precision>\\d{1,5}))?(?<type>[diouxXeEfFgGcrsa%])?");

  private PercentFormat() {}

  /**
   * @param values a tuple for several fields, a mapping for named ones, or the one value
   */
  public static String format(String format, @Nullable Object values) {
    List<?> given = values instanceof Tuple tuple ? tuple : Tuple.of(values);
    StringBuilder result = new StringBuilder();
    Matcher field = FIELD.matcher(format);
    int from = 0;
    int next = 0;
    while (field.find()) {
      result.append(format, from, field.start());
      from = field.end();
      String type = field.group("type");
      if (type == null) {
        throw new TemplateError(
            "the format has a percent sign without a type", "double it to have the sign itself");
      }
      if (type.equals("%")) {
        result.append('%');
        continue;
      }
      Object value;
      if (field.group("key") != null) {
        value = keyed(values, String.valueOf(field.group("key")));
      } else if (next < given.size()) {
        value = given.get(next++);
      } else {
        throw new TemplateError(
            "the format has more fields than values", "give a value for each field");
      }
      result.append(FormatSpec.format(shown(value, type), spec(field, type, value)));
      Limits.text(result.length());
    }
    if (next < given.size() && !(values instanceof Map)) {
      throw new TemplateError("the format has fewer fields than values", "add a field");
    }
    return result.append(format.substring(from)).toString();
  }

  private static @Nullable Object keyed(@Nullable Object values, String key) {
    Map<?, ?> map = JinjaValues.map(values, "a format with names");
    if (!map.containsKey(key)) {
      throw new TemplateError(
          "the format is not given '" + key + "'", "give it as " + key + "=...");
    }
    return map.get(key);
  }

  private static @Nullable Object shown(@Nullable Object value, String type) {
    return switch (type) {
      case "s" -> PythonText.of(value);
      case "r", "a" -> PythonText.quoted(value);
      case "d", "i", "u" ->
          Numbers.isFloat(value) ? Numbers.truncated(Numbers.real(value)) : needed(value);
      default -> needed(value);
    };
  }

  private static @Nullable Object needed(@Nullable Object value) {
    if (!Numbers.isNumber(value)) {
      throw new TemplateError(
          "the format needs a number, not " + JinjaValues.kind(value), "add | int");
    }
    return value;
  }

  private static String spec(Matcher field, String type, @Nullable Object value) {
    String flags = String.valueOf(field.group("flags"));
    boolean number = !"sra".contains(type) && value != null;
    String precision = field.group("precision") == null ? "" : "." + field.group("precision");
    String kind =
        switch (type) {
          case "r", "a", "s" -> "s";
          case "i", "u" -> "d";
          default -> type;
        };
    return (flags.contains("-") ? "<" : flags.contains("0") && number ? "" : ">")
        + (number && flags.contains("+") ? "+" : number && flags.contains(" ") ? " " : "")
        + (flags.contains("#") ? "#" : "")
        + (flags.contains("0") && number && !flags.contains("-") ? "0" : "")
        + (field.group("width") == null ? "" : field.group("width"))
        + (kind.equals("d") ? "" : precision)
        + kind;
  }
}
