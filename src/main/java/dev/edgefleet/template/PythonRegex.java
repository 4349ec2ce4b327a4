package dev.edgefleet.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression in Python's notation. */
final class PythonRegex {
  private static final Pattern REFERENCE =
      Pattern.compile("\\\\(?:g<(?<group>[^>]+)>|(?<digits>\\d{1,2})|(?<other>.))", Pattern.DOTALL);

  private final Pattern pattern;
  private final Map<String, Integer> names = new HashMap<>();

  PythonRegex(String written, boolean ignoreCase, boolean multiline) {
    int flags = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;
    flags |= ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    flags |= multiline ? Pattern.MULTILINE : 0;
    try {
      pattern = Pattern.compile(translated(written), flags);
    } catch (PatternSyntaxException e) {
      throw new Fault(
          "'" + written + "' is no regular expression: " + e.getDescription(), "mend it");
    }
  }

  /** A matcher that gives up when the evaluation's time is over. */
  Matcher matcher(String text) {
    return pattern.matcher(new Timed(text));
  }

  // Java has other words for named groups, and gives '[' and '&&' inside a class a meaning.
  private String translated(String written) {
    StringBuilder result = new StringBuilder();
    int groups = 0;
    boolean inClass = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length()) {
        char next = written.charAt(++i);
        result.append(next == 'Z' ? "\\z" : "\\" + next);
      } else if (inClass) {
        inClass = c != ']' || written.charAt(i - 1) == '[' || written.startsWith("[^", i - 2);
        result.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      } else if (c == '[') {
        inClass = true;
        result.append(c);
        if (written.startsWith("^", i + 1)) {
          result.append('^');
          i++;
        }
        if (written.startsWith("]", i + 1)) {
          result.append("\\]");
          i++;
        }
      } else if (written.startsWith("(?P<", i)) {
        int end = written.indexOf('>', i);
        names.put(written.substring(i + 4, Math.max(end, i + 4)), ++groups);
        result.append('(');
        i = Math.max(end, i + 3);
      } else if (written.startsWith("(?P=", i)) {
        int end = written.indexOf(')', i);
        Integer group = names.get(written.substring(i + 4, Math.max(end, i + 4)));
        result.append("(?:\\").append(group == null ? 99 : group).append(')');
        i = Math.max(end, i + 3);
      } else {
        groups += c == '(' && !written.startsWith("(?", i) ? 1 : 0;
        result.append(c);
      }
    }
    return result.toString();
  }

  String replaced(String text, String replacement) {
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
  @Nullable String group(Matcher found, String reference) {
    Integer named = names.get(reference);
    int number =
        named != null ? named : reference.matches("\\d{1,3}") ? Integer.parseInt(reference) : -1;
    if (number < 0 || number > found.groupCount()) {
      throw new Fault(
          "the regular expression has no group '" + reference + "'",
          "it has " + found.groupCount() + " groups");
    }
    return found.group(number);
  }

  /** All matches as Python's findall gives them. */
  List<Object> all(String text) {
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

  // A regular expression that backtracks for ever reads characters all the while.
  private record Timed(String text) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      Evaluation.tick();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
