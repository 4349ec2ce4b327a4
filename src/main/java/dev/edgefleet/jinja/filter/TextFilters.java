package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Renderer;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.PercentFormat;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters of texts. */
public final class TextFilters {
  private static final Pattern TAGS = Pattern.compile("(<!--.*?-->|<[^>]*>)", Pattern.DOTALL);
  private static final Pattern WORD_START = Pattern.compile("([-\\s({\\[<]+)");
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void addTo(Map<String, Filter> all) {
    all.put("upper", (v, a, r) -> plain(v, a).toUpperCase(Locale.ROOT));
    all.put("lower", (v, a, r) -> plain(v, a).toLowerCase(Locale.ROOT));
    all.put("capitalize", (v, a, r) -> TextMethods.capitalized(plain(v, a)));
    all.put("title", (v, a, r) -> titled(plain(v, a)));
    all.put("string", (v, a, r) -> plain(v, a));
    all.put("safe", (v, a, r) -> plain(v, a));
    all.put("escape", (v, a, r) -> escaped(plain(v, a)));
    all.put("e", (v, a, r) -> escaped(plain(v, a)));
    all.put("forceescape", (v, a, r) -> escaped(plain(v, a)));
    all.put("striptags", (v, a, r) -> untagged(plain(v, a)));
    all.put("wordcount", (v, a, r) -> WORD.matcher(plain(v, a)).results().count());
    all.put("trim", (v, a, r) -> trimmed(PythonText.of(v), a.bound("chars")));
    all.put("center", (v, a, r) -> centered(PythonText.of(v), a.bound("width")));
    all.put("replace", (v, a, r) -> replaced(v, a.bound("old!", "new!", "count")));
    all.put("truncate", (v, a, r) -> truncated(v, a.bound("length", "killwords", "end", "leeway")));
    all.put("indent", (v, a, r) -> indented(v, a.bound("width", "first", "blank")));
    all.put("wordwrap", (v, a, r) -> wrapped(v, a));
    all.put("format", (v, a, r) -> formatted(v, a));
    all.put("split", (v, a, r) -> TextMethods.split(text(v, a), a.bound("sep", "maxsplit")));
    all.put("comment", TextFilters::commented);
    all.put("quote", (v, a, r) -> quoted(v == null ? "" : PythonText.of(v)));
  }

  private static String plain(@Nullable Object value, Arguments arguments) {
    arguments.bound();
    return PythonText.of(value);
  }

  public static String text(@Nullable Object value, Arguments arguments) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateError(
        arguments.of() + " needs text, not " + JinjaValues.kind(value), "convert it with | string");
  }

  private static String titled(String text) {
    StringBuilder result = new StringBuilder();
    var separator = WORD_START.matcher(text);
    int from = 0;
    while (separator.find()) {
      result.append(TextMethods.capitalized(text.substring(from, separator.start())));
      result.append(separator.group());
      from = separator.end();
    }
    return result.append(TextMethods.capitalized(text.substring(from))).toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  private static String untagged(String text) {
    return TAGS.matcher(text)
        .replaceAll("")
        .replaceAll("\\s+", " ")
        .strip()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String trimmed(String text, Arguments arguments) {
    String chars = arguments.get("chars") == null ? null : arguments.text("chars");
    return TextMethods.stripped(text, chars, true, true);
  }

  private static String centered(String text, Arguments arguments) {
    return TextMethods.padded(text, arguments.integer("width", 80), " ", 1);
  }

  private static String replaced(@Nullable Object value, Arguments arguments) {
    return TextMethods.replaced(
        PythonText.of(value),
        PythonText.of(arguments.get("old")),
        PythonText.of(arguments.get("new")),
        arguments.get("count") == null ? -1 : arguments.integer("count", -1));
  }

  private static String truncated(@Nullable Object value, Arguments arguments) {
    String text = text(value, arguments);
    int length = arguments.integer("length", 255);
    String end = arguments.text("end", "...");
    int leeway = arguments.get("leeway") == null ? 5 : arguments.integer("leeway");
    int keep = length - JinjaValues.length(end);
    if (keep < 0 || leeway < 0) {
      throw new TemplateError(
          "truncate() is shorter than its end '" + end + "'", "give a greater length");
    }
    if (JinjaValues.length(text) <= length + leeway) {
      return text;
    }
    String cut = text.substring(0, text.offsetByCodePoints(0, keep));
    if (arguments.truth("killwords", false)) {
      return cut + end;
    }
    int space = cut.lastIndexOf(' ');
    return (space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static String indented(@Nullable Object value, Arguments arguments) {
    String text = PythonText.of(value);
    String indent =
        arguments.get("width") instanceof String given
            ? given
            : " ".repeat(Math.clamp(arguments.integer("width", 4), 0, 1 << 16));
    boolean blank = arguments.truth("blank", false);
    List<String> lines = new ArrayList<>();
    // A line break at the end is followed by one more, empty, line.
    for (Object line : TextMethods.lines(text + "\n", false)) {
      boolean indents = !lines.isEmpty() && (blank || !line.equals(""));
      lines.add((indents ? indent : "") + line);
    }
    String result = TextMethods.joined("\n", lines);
    return arguments.truth("first", false) ? indent + result : result;
  }

  private static String wrapped(@Nullable Object value, Arguments given) {
    Arguments arguments =
        given.bound("width", "break_long_words", "wrapstring", "break_on_hyphens");
    int width = arguments.integer("width", 79);
    if (width < 1) {
      throw new TemplateError("wordwrap() needs a width of at least 1", "give a greater width");
    }
    String between =
        arguments.get("wrapstring") == null ? "\n" : arguments.text("wrapstring", "\n");
    List<String> lines = new ArrayList<>();
    for (Object line : TextMethods.lines(PythonText.of(value), false)) {
      wrap((String) line, width, arguments.truth("break_long_words", true), lines);
    }
    return TextMethods.joined(between, lines);
  }

  private static void wrap(String line, int width, boolean breaksWords, List<String> lines) {
    StringBuilder current = new StringBuilder();
    boolean any = false;
    for (String given : line.split("(?<=\\s)(?=\\S)|(?<=\\w-)(?=\\w)", -1)) {
      String word = given;
      if (current.length() > 0 && (current + word).stripTrailing().length() > width) {
        lines.add(current.toString().stripTrailing());
        any = true;
        current.setLength(0);
      }
      while (breaksWords && word.stripTrailing().length() > width) {
        lines.add(word.substring(0, width));
        any = true;
        word = word.substring(width);
      }
      current.append(word);
    }
    if (current.length() > 0 || !any) {
      lines.add(current.toString().stripTrailing());
    }
  }

  private static String formatted(@Nullable Object value, Arguments arguments) {
    if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
      throw new TemplateError("format takes values or names, not both", "leave one out");
    }
    return PercentFormat.format(
        PythonText.of(value),
        arguments.named().isEmpty() ? Tuple.of(arguments.positional()) : arguments.named());
  }

  /** Quoted for a POSIX shell. */
  static String quoted(String text) {
    if (text.isEmpty()) {
      return "''";
    }
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }

  private record Style(String begin, String decoration, String end) {}

  private static final Map<String, Style> STYLES =
      Map.of(
          "plain", new Style("", "# ", ""),
          "erlang", new Style("", "% ", ""),
          "c", new Style("", "// ", ""),
          "cblock", new Style("/*", " * ", " */"),
          "xml", new Style("<!--", " - ", "-->"));

  private static String commented(@Nullable Object value, Arguments given, Renderer renderer) {
    Arguments a =
        given.bound(
            "style",
            "newline",
            "beginning",
            "prefix",
            "prefix_count",
            "decoration",
            "postfix",
            "postfix_count",
            "end");
    Style style = STYLES.get(a.text("style", "plain"));
    if (style == null) {
      throw new TemplateError(
          "there is no style of comment '" + a.text("style") + "'",
          "styles are: " + String.join(", ", STYLES.keySet().stream().sorted().toList()));
    }
    String newline = a.text("newline", "\n");
    String decoration = a.text("decoration", style.decoration());
    String edge = decoration.stripTrailing();
    String begin = a.text("beginning", style.begin());
    String prefix = a.text("prefix", edge);
    String end = a.text("end", style.end());
    String body =
        (decoration + text(value, given).replace(newline, newline + decoration))
            .replace(decoration + newline, edge + newline);
    String line = prefix.equals(newline) ? newline : prefix + newline;
    return (begin.isEmpty() ? "" : begin + newline)
        + (prefix.isEmpty() ? "" : line.repeat(Math.clamp(a.integer("prefix_count", 1), 0, 1000)))
        + body
        + (newline + a.text("postfix", edge))
            .repeat(Math.clamp(a.integer("postfix_count", 1), 0, 1000))
        + (end.isEmpty() ? "" : newline + end);
  }
}
