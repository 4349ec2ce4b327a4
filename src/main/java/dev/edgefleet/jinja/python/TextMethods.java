package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.value.Callable;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Python's methods of texts. */
public final class TextMethods {
  private TextMethods() {}

  public static @Nullable Callable find(String text, String name) {
    return switch (name) {
      case "upper" -> a -> text.toUpperCase(Locale.ROOT);
      case "lower", "casefold" -> a -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> a -> capitalized(text);
      case "title" -> a -> titled(text);
      case "swapcase" -> a -> swapped(text);
      case "strip" -> a -> stripped(text, a.bound("chars"), true, true);
      case "lstrip" -> a -> stripped(text, a.bound("chars"), true, false);
      case "rstrip" -> a -> stripped(text, a.bound("chars"), false, true);
      case "startswith" -> a -> any(a, text::startsWith);
      case "endswith" -> a -> any(a, text::endsWith);
      case "removeprefix" ->
          a -> {
            String prefix = a.bound("prefix!").text("prefix");
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
          };
      case "removesuffix" ->
          a -> {
            String suffix = a.bound("suffix!").text("suffix");
            return text.endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length())
                : text;
          };
      case "split" -> a -> split(text, a.bound("sep", "maxsplit"));
      case "rsplit" -> a -> splitFromRight(text, a.bound("sep", "maxsplit"));
      case "splitlines" -> a -> lines(text, a.bound("keepends").truth("keepends", false));
      case "partition" -> a -> partition(text, a.bound("sep!").text("sep"));
      case "rpartition" -> a -> partitionFromRight(text, a.bound("sep!").text("sep"));
      case "join" -> a -> join(text, a.bound("items!").get("items"));
      case "replace" ->
          a -> {
            Arguments bound = a.bound("old!", "new!", "count");
            return replaced(text, bound.text("old"), bound.text("new"), bound.integer("count", -1));
          };
      case "find" -> a -> index(text, a, false);
      case "rfind" -> a -> index(text, a, true);
      case "index" -> a -> found(index(text, a, false), text, a);
      case "rindex" -> a -> found(index(text, a, true), text, a);
      case "count" -> a -> count(text, a.bound("part!").text("part"));
      case "zfill" -> a -> zeroFilled(text, a.bound("width!").integer("width"));
      case "ljust" -> a -> padded(text, a.bound("width!", "fill"), 0);
      case "rjust" -> a -> padded(text, a.bound("width!", "fill"), 2);
      case "center" -> a -> padded(text, a.bound("width!", "fill"), 1);
      case "expandtabs" -> a -> text.replace("\t", " ".repeat(8));
      case "format" -> a -> BraceFormat.format(text, a);
      case "isdigit", "isnumeric", "isdecimal" -> a -> all(text, Character::isDigit);
      case "isalpha" -> a -> all(text, Character::isLetter);
      case "isalnum" -> a -> all(text, Character::isLetterOrDigit);
      case "isspace" -> a -> all(text, Character::isWhitespace);
      case "isupper" -> a -> hasCase(text) && text.equals(text.toUpperCase(Locale.ROOT));
      case "islower" -> a -> hasCase(text) && text.equals(text.toLowerCase(Locale.ROOT));
      case "isidentifier" -> a -> text.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
      default -> null;
    };
  }

  public static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static String titled(String text) {
    StringBuilder result = new StringBuilder();
    boolean inside = false;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inside = Character.isLetter(c);
    }
    return result.toString();
  }

  private static String swapped(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                result.appendCodePoint(
                    Character.isUpperCase(c)
                        ? Character.toLowerCase(c)
                        : Character.toUpperCase(c)));
    return result.toString();
  }

  public static boolean hasCase(String text) {
    return text.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }

  private static boolean all(String text, IntPredicate predicate) {
    return !text.isEmpty() && text.codePoints().allMatch(predicate);
  }

  private static Object any(Arguments arguments, java.util.function.Predicate<String> holds) {
    Object wanted = arguments.bound("prefix!").get("prefix");
    if (wanted instanceof String text) {
      return holds.test(text);
    }
    if (wanted instanceof Tuple several) {
      return several.stream().anyMatch(one -> one instanceof String text && holds.test(text));
    }
    throw new TemplateError(
        arguments.of() + " looks for text, not for " + JinjaValues.kind(wanted), "give a text");
  }

  private static String stripped(String text, Arguments arguments, boolean left, boolean right) {
    Object given = arguments.get("chars");
    return stripped(text, given == null ? null : arguments.text("chars"), left, right);
  }

  public static String stripped(String text, @Nullable String chars, boolean left, boolean right) {
    IntPredicate drops = chars == null ? Character::isWhitespace : c -> chars.indexOf(c) >= 0;
    int start = 0;
    int end = text.length();
    while (left && start < end && drops.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && drops.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  public static List<Object> split(String text, Arguments arguments) {
    int most = arguments.integer("maxsplit", -1);
    Object separator = arguments.get("sep");
    List<Object> parts = new ArrayList<>();
    if (separator == null) {
      String rest = text.stripLeading();
      while (!rest.isEmpty()) {
        int end = 0;
        while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
          end++;
        }
        if (most >= 0 && parts.size() == most) {
          parts.add(rest);
          return parts;
        }
        parts.add(rest.substring(0, end));
        rest = rest.substring(end).stripLeading();
      }
      return parts;
    }
    String by = notEmpty(arguments.text("sep"));
    int from = 0;
    for (int at = text.indexOf(by);
        at >= 0 && (most < 0 || parts.size() < most);
        at = text.indexOf(by, from)) {
      parts.add(text.substring(from, at));
      from = at + by.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Object> splitFromRight(String text, Arguments arguments) {
    int most = arguments.integer("maxsplit", -1);
    if (most < 0 || arguments.get("sep") == null) {
      return split(text, arguments);
    }
    String by = notEmpty(arguments.text("sep"));
    List<Object> parts = new ArrayList<>();
    int to = text.length();
    for (int at = text.lastIndexOf(by);
        at >= 0 && parts.size() < most;
        at = text.lastIndexOf(by, at - by.length())) {
      parts.addFirst(text.substring(at + by.length(), to));
      to = at;
    }
    parts.addFirst(text.substring(0, to));
    return parts;
  }

  private static String notEmpty(String separator) {
    if (separator.isEmpty()) {
      throw new TemplateError("a text cannot be split at nothing", "give a separator");
    }
    return separator;
  }

  public static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        int end = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
        lines.add(text.substring(from, keepEnds ? end : i));
        from = end;
        i = end - 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static Tuple partition(String text, String separator) {
    int at = text.indexOf(notEmpty(separator));
    return at < 0
        ? Tuple.of(text, "", "")
        : Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  private static Tuple partitionFromRight(String text, String separator) {
    int at = text.lastIndexOf(notEmpty(separator));
    return at < 0
        ? Tuple.of("", "", text)
        : Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  private static String join(String separator, @Nullable Object items) {
    List<String> texts = new ArrayList<>();
    for (Object item : JinjaValues.items(items)) {
      if (!(item instanceof String text)) {
        throw new TemplateError(
            "join() finds " + JinjaValues.kind(item) + " among the texts",
            "use | join, or | map('string')");
      }
      texts.add(text);
    }
    return joined(separator, texts);
  }

  public static String joined(String separator, List<String> texts) {
    long length = (long) separator.length() * texts.size();
    for (String text : texts) {
      length += text.length();
    }
    return Limits.text(length, () -> String.join(separator, texts));
  }

  public static String replaced(String text, String old, String with, int count) {
    if (count < 0 && !old.isEmpty()) {
      Limits.text(
          with.length() <= old.length()
              ? text.length()
              : text.length() + (long) (with.length() - old.length()) * count(text, old));
      return text.replace(old, with);
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    int done = 0;
    while (count < 0 || done < count) {
      int at = text.indexOf(old, from + (old.isEmpty() && done > 0 ? 1 : 0));
      if (at < 0 || (old.isEmpty() && done > text.length())) {
        break;
      }
      result.append(text, from, at).append(with);
      Limits.text(result.length());
      from = at + old.length();
      done++;
    }
    return result.append(text.substring(from)).toString();
  }

  private static long index(String text, Arguments arguments, boolean last) {
    Arguments bound = arguments.bound("part!", "start", "end");
    int size = text.codePointCount(0, text.length());
    int start = Math.clamp(bound.integer("start", 0), 0, size);
    int end = Math.clamp(bound.integer("end", size), start, size);
    String within =
        text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    int at = last ? within.lastIndexOf(bound.text("part")) : within.indexOf(bound.text("part"));
    return at < 0 ? -1 : start + within.codePointCount(0, at);
  }

  private static Object found(long index, String text, Arguments arguments) {
    if (index < 0) {
      throw new TemplateError(
          PythonText.quoted(arguments.positional().getFirst())
              + " is not in the text "
              + PythonText.quoted(text),
          "use find(), which gives -1 then");
    }
    return index;
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static String zeroFilled(String text, int width) {
    int missing = width - JinjaValues.length(text);
    Limits.text(width);
    if (missing <= 0) {
      return text;
    }
    boolean signed = text.startsWith("-") || text.startsWith("+");
    return (signed ? text.substring(0, 1) : "")
        + "0".repeat(missing)
        + (signed ? text.substring(1) : text);
  }

  private static String padded(String text, Arguments arguments, int halves) {
    return padded(text, arguments.integer("width"), arguments.text("fill", " "), halves);
  }

  /**
   * @param halves how many halves of the padding stand on the left
   */
  public static String padded(String text, int width, String fill, int halves) {
    Limits.text(width);
    int missing = width - JinjaValues.length(text);
    if (missing <= 0) {
      return text;
    }
    // Python gives the odd one to the left when the width is odd.
    int left = halves == 1 ? missing / 2 + (missing & width & 1) : missing * halves / 2;
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }
}
