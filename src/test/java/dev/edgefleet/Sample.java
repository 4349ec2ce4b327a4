package dev.edgefleet;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the longest tests run of their tables: all of it only where {@code ./verify --long} asks.
 */
public final class Sample {
  public static final boolean AT_LENGTH = Boolean.getBoolean("edgefleet.long");

  private Sample() {}

  /**
   * Every so many-th row, or at length all of them.
   *
   * @param first index of the first that is taken
   */
  public static <T> List<T> every(int step, int first, List<T> all) {
    if (AT_LENGTH) {
      return all;
    }
    return IntStream.iterate(first, i -> i < all.size(), i -> i + step).mapToObj(all::get).toList();
  }
}
