package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.Members;
import dev.edgefleet.jinja.TemplateError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code '{} {name!r:>5}'.format(...)}. */
final class BraceFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "\\{\\{|\\}\\}|\\{(?<name>[^{}!:.\\[]*)(?<path>(?:\\.\\w+|\\[[^\\]]+\\])*)"
              + "(?:!(?<conversion>[rs]))?(?::(?<spec>[^{}]*))?\\}|[{}]");
  private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[([^\\]]+)\\]");

  private BraceFormat() {}

  static String format(String format, Arguments arguments) {
    StringBuilder result = new StringBuilder();
    Matcher field = FIELD.matcher(format);
    int from = 0;
    int automatic = 0;
    while (field.find()) {
      result.append(format, from, field.start());
      from = field.end();
      String piece = field.group();
      if (piece.equals("{{") || piece.equals("}}")) {
        result.append(piece.charAt(0));
        continue;
      }
      if (piece.length() == 1) {
        throw new TemplateError(
            "the format has a single '" + piece + "'", "write " + piece + piece);
      }
      String name = String.valueOf(field.group("name"));
      Object value =
          along(
              name.isEmpty() ? at(arguments, automatic++) : named(arguments, name),
              String.valueOf(field.group("path")));
      Object shown = "r".equals(field.group("conversion")) ? PythonText.quoted(value) : value;
      String spec = field.group("spec");
      result.append(FormatSpec.format(shown, spec == null ? "" : spec));
      Limits.text(result.length());
    }
    return result.append(format.substring(from)).toString();
  }

  private static @Nullable Object named(Arguments arguments, String name) {
    if (name.matches("\\d{1,4}")) {
      return at(arguments, Integer.parseInt(name));
    }
    if (!arguments.named().containsKey(name)) {
      throw new TemplateError(
          "format() is not given '" + name + "'", "give it as " + name + "=...");
    }
    return arguments.named().get(name);
  }

  private static @Nullable Object at(Arguments arguments, int index) {
    List<? extends @Nullable Object> values = arguments.positional();
    if (index >= values.size()) {
      throw new TemplateError("format() is given too few values", "give one for each {}");
    }
    return values.get(index);
  }

  private static @Nullable Object along(@Nullable Object start, String path) {
    Object value = start;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      String attribute = step.group(1);
      String key = String.valueOf(step.group(2));
      value =
          attribute != null
              ? Members.attribute(value, attribute, () -> "format()")
              : Members.item(
                  value,
                  key.matches("\\d{1,9}") ? (Object) Long.valueOf(key) : key,
                  () -> "format()");
    }
    return value;
  }
}
