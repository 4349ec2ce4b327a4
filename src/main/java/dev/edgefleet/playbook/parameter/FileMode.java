package dev.edgefleet.playbook.parameter;

import java.util.regex.Pattern;

/**
 * Permission bits of a file.
 *
 * @param text four octal digits, such as {@code 0644}, or chmod's words, such as {@code u=rw,go=r},
 *     which say what becomes of the bits that are there
 */
public record FileMode(String text) {
  private static final Pattern CLAUSES =
      Pattern.compile("(?:[ugo]*|a)(?:[+=-][rwxXstugo]*)+(?:,(?:[ugo]*|a)(?:[+=-][rwxXstugo]*)+)*");

  /** Whether it is in chmod's words. */
  public boolean isSymbolic() {
    return isSymbolic(text);
  }

  static boolean isSymbolic(String text) {
    return CLAUSES.matcher(text).matches();
  }
}
