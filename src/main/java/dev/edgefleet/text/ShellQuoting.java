package dev.edgefleet.text;

/** Words for a POSIX shell to read. */
public final class ShellQuoting {
  private static final String PLAIN = "[\\w@%+=:,./-]+";

  private ShellQuoting() {}

  /** The word in single quotes. */
  public static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** As somebody would type it: in quotes only where it needs them. */
  public static String typed(String word) {
    return word.matches(PLAIN) ? word : quote(word);
  }
}
