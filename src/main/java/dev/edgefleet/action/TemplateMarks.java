package dev.edgefleet.action;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a template file marks its Jinja, where it is not as usual.
 *
 * @param trimBlocks whether the line break behind a statement goes with it
 * @param lstripBlocks whether white space goes that stands alone before one in its line
 * @param newline what a line break of the file becomes
 */
public record TemplateMarks(
    Optional<String> blockStart,
    Optional<String> blockEnd,
    Optional<String> variableStart,
    Optional<String> variableEnd,
    Optional<String> commentStart,
    Optional<String> commentEnd,
    boolean trimBlocks,
    boolean lstripBlocks,
    String newline) {
  /** As Ansible has them. */
  public static final TemplateMarks USUAL =
      new TemplateMarks(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          false,
          "\n");

  /** Whether Jinja is marked as everywhere. */
  public boolean areUsual() {
    return Stream.of(blockStart, blockEnd, variableStart, variableEnd, commentStart, commentEnd)
        .allMatch(Optional::isEmpty);
  }
}
