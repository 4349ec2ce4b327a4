package dev.edgefleet.jinja.python;

import dev.edgefleet.jinja.Evaluation;
import dev.edgefleet.jinja.Limits;
import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.syntax.Backslashes;
import dev.edgefleet.jinja.value.Tuple;
import dev.edgefleet.text.PythonSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression in Python's notation. */
public final class PythonRegex {
  private static final Pattern REFERENCE =
      Pattern.compile("\\\\(?:g<(?<group>[^>]+)>|(?<digits>\\d{1,2})|(?<other>.))", Pattern.DOTALL);

  private final PythonSyntax syntax;

  public PythonRegex(String written, boolean ignoreCase, boolean multiline) {
    int flags = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;
    flags |= ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    flags |= multiline ? Pattern.MULTILINE : 0;
    try {
      syntax = PythonSyntax.of(written, flags);
    } catch (PatternSyntaxException e) {
      throw new TemplateError(
          "'" + written + "' is no regular expression: " + e.getDescription(), "mend it");
    }
  }

  /** A matcher that gives up when the evaluation's time is over. */
  public Matcher matcher(String text) {
    return syntax.matcher(text, Evaluation::tick);
  }

  public String replaced(String text, String replacement) {
    StringBuilder result = new StringBuilder();
    Matcher found = matcher(text);
    int from = 0;
    while (found.find()) {
      result.append(text, from, found.start());
      expand(replacement, found, result);
      Limits.text(result.length());
      from = found.end();
    }
    return result.append(text.substring(from)).toString();
  }

  private void expand(String replacement, Matcher found, StringBuilder result) {
    Matcher reference = REFERENCE.matcher(replacement);
    int from = 0;
    while (reference.find()) {
      result.append(replacement, from, reference.start());
      from = reference.end();
      if (reference.group("other") != null) {
        result.append(Backslashes.ESCAPE.value(reference.group(), '\''));
        continue;
      }
      String named = reference.group("group");
      String group =
          group(found, named != null ? named : String.valueOf(reference.group("digits")));
      result.append(group == null ? "" : group);
    }
    result.append(replacement.substring(from));
  }

  /** A group by number or name; null when it took no part in the match. */
  public @Nullable String group(Matcher found, String reference) {
    OptionalInt number = syntax.group(reference);
    if (number.isEmpty()) {
      throw new TemplateError(
          "the regular expression has no group '" + reference + "'",
          "it has " + found.groupCount() + " groups");
    }
    return found.group(number.getAsInt());
  }

  /** All matches as Python's findall gives them. */
  public List<Object> all(String text) {
    List<Object> all = new ArrayList<>();
    Matcher found = matcher(text);
    while (found.find()) {
      List<String> groups = new ArrayList<>();
      for (int i = 1; i <= found.groupCount(); i++) {
        String group = found.group(i);
        groups.add(group == null ? "" : group);
      }
      all.add(
          groups.isEmpty()
              ? found.group()
              : groups.size() == 1 ? groups.getFirst() : Tuple.of(groups));
    }
    return all;
  }
}
