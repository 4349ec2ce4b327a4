package dev.edgefleet.remote;

import dev.edgefleet.failure.Said;

/** What a device printed, as it may stand in a sentence for the operator. */
public final class Told {
  private Told() {}

  /** The last line that says anything, not longer than can be read. */
  public static String line(String text) {
    String last = text.strip().lines().reduce((first, second) -> second).orElse("").strip();
    return last.isEmpty() ? "it said nothing" : Said.of(last);
  }
}
