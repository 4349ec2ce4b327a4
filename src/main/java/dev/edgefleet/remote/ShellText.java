package dev.edgefleet.remote;

/** Words as a POSIX shell reads them. */
final class ShellText {
  private ShellText() {}

  /** The word in single quotes. */
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
