package dev.edgefleet.text;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The lines of a text as a list that keeps where they begin and not a copy of each: a mebibyte of
 * empty lines, which a device may well print, would be fifty as strings.
 */
public final class TextLines extends AbstractList<String> implements RandomAccess {
  private final String text;
  private final int[] begins;

  private TextLines(String text, int[] begins) {
    this.text = text;
    this.begins = begins;
  }

  /** As {@link String#lines()} has them. */
  public static TextLines of(String text) {
    int[] begins = new int[16];
    int count = 0;
    for (int at = 0; at < text.length(); at = next(text, at)) {
      if (count == begins.length) {
        begins = Arrays.copyOf(begins, count * 2);
      }
      begins[count++] = at;
    }
    return new TextLines(text, Arrays.copyOf(begins, count));
  }

  private static int end(String text, int begin) {
    int at = begin;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int next(String text, int begin) {
    int end = end(text, begin);
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  @Override
  public String get(int index) {
    int begin = begins[Objects.checkIndex(index, begins.length)];
    return text.substring(begin, end(text, begin));
  }

  @Override
  public int size() {
    return begins.length;
  }
}
