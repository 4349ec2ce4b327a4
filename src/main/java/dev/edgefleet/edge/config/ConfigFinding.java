package dev.edgefleet.edge.config;

/**
 * Something about a configuration file that the operator should know.
 *
 * @param line from 1; 0 when it concerns the file as a whole
 * @param column from 1; 0 when it concerns the line as a whole
 * @param found what was found; never holds a secret
 * @param remedy what to do
 */
public record ConfigFinding(int line, int column, String found, String remedy) {
  /** {@code line 123: what was found}, the column where there is one. */
  public String where() {
    if (line == 0) {
      return found;
    }
    return "line " + line + (column > 1 ? ", column " + column : "") + ": " + found;
  }

  @Override
  public String toString() {
    return where() + (remedy.isEmpty() ? "" : ". " + remedy);
  }
}
