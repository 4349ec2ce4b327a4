package dev.edgefleet.remote;

/** What a device printed, as it may stand in a sentence for the operator. */
final class Told {
  private static final int LONGEST = 300;

  private Told() {}

  /** The last line that says anything, not longer than can be read. */
  static String line(String text) {
    String last = text.strip().lines().reduce((first, second) -> second).orElse("").strip();
    if (last.isEmpty()) {
      return "it said nothing";
    }
    return last.length() <= LONGEST ? last : last.substring(0, LONGEST) + " …";
  }
}
