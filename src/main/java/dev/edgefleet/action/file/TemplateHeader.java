package dev.edgefleet.action.file;

import dev.edgefleet.action.TemplateMarks;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A template file's first line {@code #jinja2: option: value, …}.
 *
 * @param template the rest of the file
 * @param marks those of the task, with what the line says in their place
 */
record TemplateHeader(String template, TemplateMarks marks) {
  private static final String BEGIN = "#jinja2:";

  /** Options that say how Jinja is marked; parameters of the task, too. */
  static final List<String> MARKS =
      List.of(
          "block_start_string",
          "block_end_string",
          "variable_start_string",
          "variable_end_string",
          "comment_start_string",
          "comment_end_string");

  private static final List<String> OPTIONS =
      Stream.concat(MARKS.stream(), Stream.of("trim_blocks", "lstrip_blocks", "newline_sequence"))
          .toList();

  /**
   * @throws BadInput when the line cannot be understood
   */
  static TemplateHeader of(String text, TemplateMarks given) {
    if (!text.startsWith(BEGIN)) {
      return new TemplateHeader(text, given);
    }
    int end = text.indexOf('\n');
    String line = (end < 0 ? text : text.substring(0, end)).strip();
    Map<String, String> said = new LinkedHashMap<>();
    for (String pair : line.substring(BEGIN.length()).split(",", -1)) {
      String[] two = pair.split(":", 2);
      String name = two[0].strip();
      if (two.length < 2 || !OPTIONS.contains(name)) {
        throw new BadInput(
            "the template's first line has no option '" + name + "': " + line,
            Nearest.remedy(name, OPTIONS));
      }
      said.put(name, unquoted(two[1].strip()));
    }
    TemplateMarks marks =
        new TemplateMarks(
            text(said, "block_start_string", given.blockStart()),
            text(said, "block_end_string", given.blockEnd()),
            text(said, "variable_start_string", given.variableStart()),
            text(said, "variable_end_string", given.variableEnd()),
            text(said, "comment_start_string", given.commentStart()),
            text(said, "comment_end_string", given.commentEnd()),
            truth(said, "trim_blocks", given.trimBlocks()),
            truth(said, "lstrip_blocks", given.lstripBlocks()),
            text(said, "newline_sequence", Optional.of(given.newline()))
                .orElse("\n")
                .replace("\\n", "\n")
                .replace("\\r", "\r"));
    return new TemplateHeader(end < 0 ? "" : text.substring(end + 1), marks);
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("'") || value.startsWith("\""))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static Optional<String> text(
      Map<String, String> said, String name, Optional<String> otherwise) {
    return Optional.ofNullable(said.get(name)).or(() -> otherwise);
  }

  private static boolean truth(Map<String, String> said, String name, boolean otherwise) {
    String value = said.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!Arrays.asList("True", "False").contains(value)) {
      throw new BadInput(
          "'" + name + "' in the template's first line is '" + value + "'", "write True or False");
    }
    return value.equals("True");
  }
}
