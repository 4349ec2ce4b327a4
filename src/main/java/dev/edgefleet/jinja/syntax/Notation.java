package dev.edgefleet.jinja.syntax;

/**
 * How a template file marks what is not text.
 *
 * @param blockStart such as <code>{%</code>
 * @param trimBlocks whether the line break behind a statement or a comment goes with it
 * @param lstripBlocks whether white space goes that stands alone before one in its line
 * @param newline what a line break of the file becomes
 */
public record Notation(
    String blockStart,
    String blockEnd,
    String variableStart,
    String variableEnd,
    String commentStart,
    String commentEnd,
    boolean trimBlocks,
    boolean lstripBlocks,
    String newline) {
  /** As playbooks have it, and template files that say nothing else. */
  public static final Notation COMMON =
      new Notation("{%", "%}", "{{", "}}", "{#", "#}", true, false, "\n");
}
