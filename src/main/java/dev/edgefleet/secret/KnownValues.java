package dev.edgefleet.secret;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Values to look for in texts, all at once: the work for a text does not grow with their number. By
 * their first four characters, which are one {@code long}. Safe for use by many threads.
 */
final class KnownValues {
  static final int SHORTEST = Long.BYTES / Character.BYTES;

  // Longest first: of two that begin alike the longer one is the secret.
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private final Map<Long, ConcurrentSkipListSet<String>> byStart = new ConcurrentHashMap<>();

  /**
   * @param value of at least {@link #SHORTEST} characters
   */
  void add(String value) {
    long start = 0;
    for (int i = 0; i < SHORTEST; i++) {
      start = start << Character.SIZE | value.charAt(i);
    }
    byStart.computeIfAbsent(start, key -> new ConcurrentSkipListSet<>(LONGEST_FIRST)).add(value);
  }

  boolean isEmpty() {
    return byStart.isEmpty();
  }

  /** Tells of the parts of the text that are values. */
  void find(String text, Found found) {
    long start = 0;
    for (int i = 0; i < text.length(); i++) {
      start = start << Character.SIZE | text.charAt(i);
      if (i < SHORTEST - 1) {
        continue;
      }
      int from = i - SHORTEST + 1;
      ConcurrentSkipListSet<String> candidates = byStart.get(start);
      if (candidates != null) {
        for (String candidate : candidates) {
          if (text.startsWith(candidate, from)) {
            found.at(from, from + candidate.length());
            break;
          }
        }
      }
    }
  }

  /** Listens to what is found. */
  interface Found {
    void at(int from, int to);
  }
}
