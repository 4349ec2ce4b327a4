package dev.edgefleet.failure;

/**
 * Where in a file something was found.
 *
 * @param file the file's path as the operator gave it
 * @param line line number, from 1
 * @param column column number, from 1
 */
public record Place(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
