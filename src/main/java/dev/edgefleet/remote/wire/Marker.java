package dev.edgefleet.remote.wire;

import java.nio.charset.StandardCharsets;

/** Finds a mark in a stream of bytes, wherever the stream was cut into pieces. */
public final class Marker {
  private final byte[] mark;
  // For each length that matched: how much of the mark's beginning its end is as well.
  private final int[] fallback;
  private int matched;

  public Marker(String mark) {
    this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    this.fallback = new int[this.mark.length + 1];
    int length = 0;
    for (int i = 1; i < this.mark.length; i++) {
      while (length > 0 && this.mark[i] != this.mark[length]) {
        length = fallback[length];
      }
      if (this.mark[i] == this.mark[length]) {
        length++;
      }
      fallback[i + 1] = length;
    }
  }

  /** True when this byte completes the mark. */
  public boolean completedBy(byte next) {
    while (matched > 0 && mark[matched] != next) {
      matched = fallback[matched];
    }
    if (mark[matched] == next) {
      matched++;
    }
    if (matched == mark.length) {
      matched = 0;
      return true;
    }
    return false;
  }

  public int length() {
    return mark.length;
  }
}
