package dev.edgefleet.transport.ssh.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Patterns of ssh_config(5): {@code *} and {@code ?}, lists, and {@code !} for none of these. */
final class Globs {
  private Globs() {}

  /** Whether the whole text is what the pattern describes. */
  static boolean matches(String text, String pattern) {
    int t = 0;
    int p = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }

  /** Whether one of the patterns describes the text and none that begins with {@code !} does. */
  static boolean anyOf(String text, List<String> patterns) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (matches(text, negated ? pattern.substring(1) : pattern)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** As {@link #anyOf}, of a list with commas. */
  static boolean anyOf(String text, String list) {
    return anyOf(text, Arrays.asList(list.split(",", -1)));
  }

  /** As {@link #anyOf}, in any case. */
  static boolean anyOfIgnoringCase(String text, String list) {
    return anyOf(text.toLowerCase(Locale.ROOT), list.toLowerCase(Locale.ROOT));
  }
}
