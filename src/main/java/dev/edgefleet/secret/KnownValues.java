package dev.edgefleet.secret;

import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Values to look for in texts, all at once: the work for a text hardly grows with their number.
 * Safe for use by many threads.
 */
final class KnownValues {
  /** Characters of the shortest value; as many as there are in a {@code long}. */
  static final int SHORTEST = Long.BYTES / Character.BYTES;

  private static final int FILTER_SIZE = 15;

  private final Map<Long, Alike> byStart = new ConcurrentHashMap<>();

  // A bit for each start, some of them shared: most places of a text need no more than this.
  private final AtomicLongArray filter = new AtomicLongArray((1 << FILTER_SIZE) / Long.SIZE);

  /**
   * @param value of at least {@link #SHORTEST} characters
   */
  void add(String value) {
    long start = 0;
    for (int i = 0; i < SHORTEST; i++) {
      start = start << Character.SIZE | value.charAt(i);
    }
    byStart.computeIfAbsent(start, key -> new Alike()).add(value);
    int bit = bit(start);
    filter.getAndUpdate(bit / Long.SIZE, word -> word | 1L << bit);
  }

  boolean isEmpty() {
    return byStart.isEmpty();
  }

  /** Tells of the parts of the text that are values. */
  void find(String text, Found found) {
    long start = 0;
    for (int i = 0; i < text.length(); i++) {
      start = start << Character.SIZE | text.charAt(i);
      int bit = bit(start);
      if (i < SHORTEST - 1 || (filter.get(bit / Long.SIZE) & 1L << bit) == 0) {
        continue;
      }
      Alike candidates = byStart.get(start);
      if (candidates != null) {
        int from = i - SHORTEST + 1;
        int length = candidates.longestAt(text, from);
        if (length > 0) {
          found.at(from, from + length);
        }
      }
    }
  }

  private static int bit(long start) {
    return (int) ((start * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - FILTER_SIZE));
  }

  /** Listens to what is found. */
  interface Found {
    void at(int from, int to);
  }

  /** Values that start alike: often thousands, such as the connection strings of one hub. */
  private static final class Alike {
    private final NavigableSet<String> values = new ConcurrentSkipListSet<>();
    private final AtomicInteger longest = new AtomicInteger();

    void add(String value) {
      longest.accumulateAndGet(value.length(), Math::max);
      values.add(value);
    }

    /** The length of the longest value that stands here in the text, or 0. */
    int longestAt(String text, int from) {
      String here = text.substring(from, Math.min(text.length(), from + longest.get()));
      // The nearest value in order is the one, or it leaves the text at a character from which on
      // no value can agree with it.
      String near = values.floor(here);
      while (near != null && !here.startsWith(near)) {
        int agreed = 0;
        while (agreed < near.length() && near.charAt(agreed) == here.charAt(agreed)) {
          agreed++;
        }
        here = here.substring(0, agreed);
        near = agreed < SHORTEST ? null : values.floor(here);
      }
      return near == null ? 0 : near.length();
    }
  }
}
