package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Relations;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.Strftime;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Filters of any value. */
final class ValueFilters {
  private static final Set<String> TRUE = Set.of("yes", "on", "1", "true");

  private ValueFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("default", ValueFilters::otherwise);
    all.put("d", ValueFilters::otherwise);
    all.put("mandatory", (v, a, r) -> mandatory(v, a.bound("msg")));
    all.put("ternary", (v, a, r) -> chosen(v, a.bound("true_val!", "false_val!", "none_val")));
    all.put("bool", (v, a, r) -> bool(v));
    all.put("type_debug", (v, a, r) -> JinjaValues.typeName(v));
    all.put("attr", (v, a, r) -> r.attribute(v, a.bound("name!").text("name")));
    all.put("pprint", (v, a, r) -> PythonText.quoted(v));
    all.put("strftime", (v, a, r) -> date(TextFilters.text(v, a), a.bound("second", "utc")));
    all.put(
        "to_datetime",
        (v, a, r) ->
            new Timestamp(
                Strftime.parse(
                    TextFilters.text(v, a),
                    a.bound("format").text("format", "%Y-%m-%d %H:%M:%S"))));
  }

  private static @Nullable Object otherwise(
      @Nullable Object value, Arguments given, Renderer renderer) {
    Arguments arguments = given.bound("default_value", "boolean");
    boolean replaced =
        value instanceof Undefined
            || (arguments.truth("boolean", false) && !JinjaValues.truth(value));
    return replaced ? arguments.get("default_value", "") : value;
  }

  private static @Nullable Object mandatory(@Nullable Object value, Arguments arguments) {
    if (value instanceof Undefined undefined) {
      throw arguments.get("msg") == null
          ? new UndefinedUse(undefined)
          : new TemplateError(PythonText.of(arguments.get("msg")), "set it");
    }
    return value;
  }

  private static @Nullable Object chosen(@Nullable Object value, Arguments arguments) {
    if (value == null && arguments.get("none_val") != null) {
      return arguments.get("none_val");
    }
    return arguments.get(JinjaValues.truth(value) ? "true_val" : "false_val");
  }

  static @Nullable Object bool(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case String text -> TRUE.contains(text.toLowerCase(Locale.ROOT));
      default -> Relations.equal(value, 1L);
    };
  }

  private static String date(String format, Arguments arguments) {
    Object second = arguments.get("second");
    ZoneId zone = arguments.truth("utc", false) ? ZoneOffset.UTC : ZoneId.systemDefault();
    if (second == null) {
      return Strftime.format(format, Instant.now().atZone(zone));
    }
    double epoch;
    try {
      epoch = second instanceof String text ? Double.parseDouble(text) : Numbers.real(second);
    } catch (NumberFormatException e) {
      throw new TemplateError("'" + second + "' is no time in seconds", "give a number");
    }
    return Strftime.format(format, Instant.ofEpochMilli(Math.round(epoch * 1000)).atZone(zone));
  }
}
