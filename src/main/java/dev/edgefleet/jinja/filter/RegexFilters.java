package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.PythonRegex;
import dev.edgefleet.jinja.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Filters with regular expressions. */
final class RegexFilters {
  private RegexFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put(
        "regex_replace",
        (v, a, r) -> {
          Arguments bound = a.bound("pattern", "replacement", "ignorecase", "multiline");
          return regex(bound, bound.text("pattern"))
              .replaced(PythonText.of(v), bound.text("replacement"));
        });
    all.put(
        "regex_findall",
        (v, a, r) -> {
          Arguments bound = a.bound("regex!", "multiline", "ignorecase");
          return regex(bound, bound.text("regex")).all(PythonText.of(v));
        });
    all.put("regex_search", RegexFilters::searched);
    all.put("regex_escape", (v, a, r) -> escaped(PythonText.of(v), a.bound("re_type")));
  }

  private static PythonRegex regex(Arguments bound, String written) {
    return new PythonRegex(
        written, bound.truth("ignorecase", false), bound.truth("multiline", false));
  }

  private static @Nullable Object searched(
      @Nullable Object value, Arguments arguments, Renderer renderer) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateError(
          "regex_search needs a regular expression", "give it as first argument");
    }
    Arguments options =
        new Arguments(arguments.of(), arguments.positional().subList(0, 1), arguments.named())
            .bound("regex!", "ignorecase", "multiline");
    PythonRegex regex = regex(options, options.text("regex"));
    Matcher found = regex.matcher(PythonText.of(value));
    if (!found.find()) {
      return null;
    }
    List<? extends @Nullable Object> wanted =
        arguments.positional().subList(1, arguments.positional().size());
    if (wanted.isEmpty()) {
      return found.group();
    }
    List<@Nullable Object> groups = new ArrayList<>();
    for (Object one : wanted) {
      groups.add(regex.group(found, reference(PythonText.of(one))));
    }
    return groups;
  }

  private static String reference(String written) {
    if (written.startsWith("\\g<") && written.endsWith(">")) {
      return written.substring(3, written.length() - 1);
    }
    if (written.matches("\\\\\\d+")) {
      return written.substring(1);
    }
    throw new TemplateError(
        "regex_search does not know the argument '" + written + "'", "write '\\1' or '\\g<name>'");
  }

  private static String escaped(String text, Arguments arguments) {
    return switch (arguments.text("re_type", "python")) {
      case "python" -> text.replaceAll("([\\s#$&()*+\\-.?\\[\\\\\\]^{|}~])", "\\\\$1");
      case "posix_basic" -> text.replaceAll("([\\].\\[^$*\\\\])", "\\\\$1");
      default ->
          throw new TemplateError(
              "regex_escape has no type '" + arguments.text("re_type") + "'",
              "it has python and posix_basic");
    };
  }
}
