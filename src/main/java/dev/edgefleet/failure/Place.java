package dev.edgefleet.failure;

/**
 * Where in a file something was found; or the command line that has it, which has no lines.
 *
 * @param file the file's path as the operator gave it
 * @param line line number, from 1; 0 on a command line
 * @param column column number, from 1; 0 on a command line
 */
public record Place(String file, int line, int column) {
  /** On the command line of such a command. */
  public static Place ofCommand(String command) {
    return new Place(command, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
