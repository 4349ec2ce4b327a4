package dev.edgefleet.failure;

/**
 * Where in a file something was found; or a file as a whole, or the command line that has it, which
 * have no lines.
 *
 * @param file the file's path as the operator gave it
 * @param line line number, from 1; 0 of a whole file and on a command line
 * @param column column number, from 1; 0 likewise
 */
public record Place(String file, int line, int column) {
  /** On the command line of such a command. */
  public static Place ofCommand(String command) {
    return new Place(command, 0, 0);
  }

  /** A file as a whole, such as a key, of which no line is to be shown. */
  public static Place whole(String file) {
    return new Place(file, 0, 0);
  }

  /** Whether it has no line. */
  public boolean isWhole() {
    return line == 0;
  }

  @Override
  public String toString() {
    return isWhole() ? file : file + ":" + line + ":" + column;
  }
}
