package dev.edgefleet.remote;

/** Words as a POSIX shell reads them. */
public final class PosixQuoting {
  private PosixQuoting() {}

  /** The word in single quotes. */
  public static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
