package dev.edgefleet.text;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression in Python's notation. What Java spells differently is translated: named
 * groups, whose names may hold underscores, become numbered ones.
 *
 * @param pattern the same for Java
 * @param names of its groups
 */
public record PythonSyntax(Pattern pattern, Map<String, Integer> names) {
  private static final Pattern REPETITION = Pattern.compile("\\{(?:\\d+(?:,\\d*)?|(,\\d*))}");

  /**
   * @param flags of {@link Pattern}
   * @throws java.util.regex.PatternSyntaxException when it is no regular expression
   */
  public static PythonSyntax of(String python, int flags) {
    Map<String, Integer> names = new HashMap<>();
    return new PythonSyntax(Pattern.compile(translated(python, names), flags), Map.copyOf(names));
  }

  /**
   * A matcher for a text.
   *
   * @param tick called for each character that is looked at; ends a search by throwing, for some
   *     expressions try for years and a thread that matches cannot be interrupted
   */
  public Matcher matcher(String text, Runnable tick) {
    return pattern.matcher(new TickingText(text, tick));
  }

  /** The number of a group; empty when the expression has none of this name or number. */
  public OptionalInt group(String reference) {
    Integer named = names.get(reference);
    int number =
        named != null ? named : reference.matches("\\d{1,3}") ? Integer.parseInt(reference) : -1;
    return number >= 0 && number <= pattern.matcher("").groupCount()
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  private static String translated(String python, Map<String, Integer> names) {
    StringBuilder java = new StringBuilder();
    Matcher repetition = REPETITION.matcher(python);
    int groups = 0;
    boolean inClass = false;
    for (int i = 0; i < python.length(); i++) {
      char c = python.charAt(i);
      if (c == '\\' && i + 1 < python.length()) {
        char next = python.charAt(++i);
        java.append(next == 'Z' ? "\\z" : "\\" + next);
      } else if (inClass) {
        // Java has sets within sets, Python has not.
        java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        java.append(c);
        if (python.startsWith("^", i + 1)) {
          java.append(python.charAt(++i));
        }
        if (python.startsWith("]", i + 1)) {
          java.append('\\').append(python.charAt(++i));
        }
      } else if (python.startsWith("(?P<", i) && python.indexOf('>', i) > 0) {
        int end = python.indexOf('>', i);
        names.put(python.substring(i + 4, end), ++groups);
        java.append('(');
        i = end;
      } else if (python.startsWith("(?P=", i) && python.indexOf(')', i) > 0) {
        int end = python.indexOf(')', i);
        Integer group = names.get(python.substring(i + 4, end));
        // One that does not exist stays as it is written, which Java refuses.
        java.append(group == null ? python.substring(i, end + 1) : "(?:\\" + group + ")");
        i = end;
      } else if (c == '{') {
        // What is no repetition is a brace, as in ${HOME}.
        boolean repeats = repetition.find(i) && repetition.start() == i;
        java.append(!repeats ? "\\{" : repetition.group(1) == null ? "{" : "{0");
      } else {
        groups += c == '(' && !python.startsWith("(?", i) ? 1 : 0;
        java.append(c);
      }
    }
    return java.toString();
  }

  private record TickingText(String text, Runnable tick) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      tick.run();
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
