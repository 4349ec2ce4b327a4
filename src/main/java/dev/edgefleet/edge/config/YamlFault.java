package dev.edgefleet.edge.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says where a YAML error really is. A parser reports the place where it could not go on, often a
 * hundred lines below the line that is wrong.
 */
final class YamlFault {
  // Only what is surely a setting: the rest of a wrapped value may hold a = too.
  private static final Pattern TOML =
      Pattern.compile("([a-z_]+)\\s*=\\s*(true|false|[0-9]+|\"[^\"]*\"|'[^']*')\\s*");
  private static final Pattern NO_GAP = Pattern.compile("\\s*([A-Za-z_]+):[\"'\u00a0].*");
  private static final Pattern ALIAS = Pattern.compile("undefined alias (.+)");
  private static final Pattern CANNOT_BEGIN = Pattern.compile("found character '(.)' that cannot.*");

  private YamlFault() {}

  static ConfigFinding explain(MarkedYamlEngineException e, List<Line> lines) {
    int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(lines.size());
    int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
    String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
    int contextLine = e.getContextMark().map(mark -> mark.getLine() + 1).orElse(line);
    int reached = Math.min(Math.max(line, contextLine), lines.size());

    return whiteSpace(lines, reached)
        .or(() -> OpenQuote.above(lines, reached))
        .or(() -> braces(lines, reached))
        .or(() -> toml(lines, reached))
        .or(() -> secondDocument(lines, reached))
        .or(() -> firstContent(lines, problem))
        .or(() -> strayItem(lines, reached))
        .or(() -> noGap(lines, reached))
        .or(() -> noColon(problem, contextLine, lines))
        .or(() -> escape(problem, line, column))
        .or(() -> alias(problem, line, column))
        .or(() -> needsQuotes(problem, line, column, lines))
        .or(() -> openBracket(problem, contextLine, e))
        .or(() -> indentation(lines, reached))
        .orElseGet(() -> new ConfigFinding(Math.min(line, lines.size()), column, "not YAML: " + problem, ""));
  }

  private static Optional<ConfigFinding> whiteSpace(List<Line> lines, int reached) {
    for (int i = 0; i < reached; i++) {
      if (lines.get(i).active()) {
        Optional<ConfigFinding> odd = WhiteSpace.before(lines.get(i), i + 1);
        if (odd.isPresent()) {
          return odd;
        }
      }
    }
    return Optional.empty();
  }

  /** The last line of content above and at a place: a parser complains where the next one begins. */
  private static int lastActive(List<Line> lines, int reached) {
    for (int i = reached - 1; i >= 0; i--) {
      if (lines.get(i).active()) {
        return i;
      }
    }
    return -1;
  }

  /** The line that was read last, and the one before it. */
  private static List<Integer> suspects(List<Line> lines, int reached) {
    int last = lastActive(lines, reached);
    int before = last < 0 ? -1 : lastActive(lines, last);
    return Stream.of(before, last).filter(i -> i >= 0).toList();
  }

  /** An expression of a template that was copied and not rendered. */
  private static Optional<ConfigFinding> braces(List<Line> lines, int reached) {
    for (int i : suspects(lines, reached)) {
      Optional<KeyLine> line = KeyLine.parse(lines.get(i).text());
      if (line.filter(key -> key.value().startsWith("{{")).isPresent()) {
        return Optional.of(braces(i + 1, lines.get(i).text().indexOf("{{") + 1));
      }
    }
    return Optional.empty();
  }

  static ConfigFinding braces(int line, int column) {
    return new ConfigFinding(
        line,
        column,
        "`{{ }}` without quotes, which YAML reads as braces in braces",
        "If it is a template's expression, render the file; otherwise put the value in double"
            + " quotes");
  }

  /** The template has a line of TOML among its comments that does not survive being uncommented. */
  private static Optional<ConfigFinding> toml(List<Line> lines, int reached) {
    for (int i : suspects(lines, reached)) {
      Matcher toml = TOML.matcher(lines.get(i).text());
      if (toml.matches()) {
        String right = toml.group(1) + ": " + toml.group(2);
        return Optional.of(
            new ConfigFinding(
                i + 1,
                0,
                "`" + toml.group(1) + " = …` is TOML, not YAML",
                MaskedConfig.text("Write `" + right + "`")));
      }
    }
    return Optional.empty();
  }

  private static Optional<ConfigFinding> secondDocument(List<Line> lines, int reached) {
    DocumentMarks marks = DocumentMarks.of(lines);
    return marks.end() < reached && marks.contentBehind()
        ? Optional.of(marks.second())
        : Optional.empty();
  }

  /** Where the file's first line of content decides that nothing after it can be read. */
  private static Optional<ConfigFinding> firstContent(List<Line> lines, String problem) {
    if (!problem.contains("document start")) {
      return Optional.empty();
    }
    for (int i = DocumentMarks.of(lines).begin(); i < lines.size(); i++) {
      if (lines.get(i).active()) {
        return lines.get(i).indented()
            ? Optional.of(shifted(lines, i))
            : strayText(lines.get(i), i);
      }
    }
    return Optional.empty();
  }

  /** A section that begins right of the margin. */
  static ConfigFinding shifted(List<Line> lines, int index) {
    String what =
        KeyLine.parse(lines.get(index).text())
            .map(key -> "`" + key.name() + ":`")
            .orElse("its text");
    Optional<String> commentedParent =
        lines.subList(0, index).reversed().stream()
            .filter(line -> !line.blank())
            .findFirst()
            .flatMap(line -> KeyLine.parse(line.text()))
            .filter(parent -> parent.commented() && parent.value().isEmpty())
            .map(KeyLine::name);
    return new ConfigFinding(
        index + 1,
        1,
        "white space stands before " + what,
        commentedParent
            .map(parent -> "Uncomment `" + parent + ":` above it too")
            .orElse(
                "A section's first line begins at the left margin; what belongs to it is indented"
                    + " by two spaces"));
  }

  private static Optional<ConfigFinding> strayText(Line line, int index) {
    boolean structured = line.text().matches("---.*|%.*|[\\[{\"'|>&*!?-].*|[^\\s].*:(?:\\s.*)?");
    return structured ? Optional.empty() : Optional.of(notASetting(index + 1, List.of()));
  }

  /** A list item at the left margin among sections: it begins a list where one cannot be. */
  private static Optional<ConfigFinding> strayItem(List<Line> lines, int reached) {
    return suspects(lines, reached).stream()
        .filter(i -> lines.get(i).text().startsWith("- "))
        .findFirst()
        .map(
            i ->
                new ConfigFinding(
                    i + 1,
                    0,
                    "a list item that belongs to no key",
                    "Indent it below its key, or put # in front"));
  }

  private static Optional<ConfigFinding> noColon(String problem, int line, List<Line> lines) {
    return problem.contains("expected ':'")
        ? Optional.of(notASetting(line, lines.subList(0, Math.min(line, lines.size()) - 1)))
        : Optional.empty();
  }

  private static ConfigFinding notASetting(int line, List<Line> above) {
    int before = lastActive(above, above.size());
    boolean mayContinue =
        before >= 0
            && KeyLine.parse(above.get(before).text())
                .filter(key -> !key.value().isEmpty())
                .isPresent();
    return new ConfigFinding(
        line,
        0,
        "neither a comment nor a `key: value` setting",
        mayContinue
            ? "If it is the rest of the value in line "
                + (before + 1)
                + ", write the value on one line; if it is a comment, put # in front"
            : "Put # in front if it is a comment");
  }

  private static Optional<ConfigFinding> alias(String problem, int line, int column) {
    Matcher alias = ALIAS.matcher(problem);
    return alias.find()
        ? Optional.of(
            new ConfigFinding(
                line,
                column,
                "`*"
                    + alias.group(1)
                    + "` refers to `&"
                    + alias.group(1)
                    + "`, which is nowhere above it, or in a provisioning section, which is edited",
                "Write the value itself"))
        : Optional.empty();
  }

  private static Optional<ConfigFinding> needsQuotes(
      String problem, int line, int column, List<Line> lines) {
    Matcher first = CANNOT_BEGIN.matcher(problem);
    if (first.matches()) {
      return Optional.of(
          new ConfigFinding(
              line,
              column,
              "a value cannot begin with " + first.group(1) + " without quotes",
              "Put the value in double quotes"));
    }
    if (!problem.startsWith("mapping values are not allowed") || line > lines.size()) {
      return Optional.empty();
    }
    Optional<KeyLine> setting = KeyLine.parse(lines.get(line - 1).text());
    if (setting.isEmpty()) {
      return Optional.of(notASetting(line, lines.subList(0, line - 1)));
    }
    return setting
        .filter(key -> key.value().matches("[^\"'].*:(?:\\s.*)?"))
        .map(
            key ->
                new ConfigFinding(
                    line,
                    column,
                    "a value with a colon and a space in it needs quotes",
                    "Put the value in double quotes"));
  }

  private static Optional<ConfigFinding> openBracket(
      String problem, int line, MarkedYamlEngineException e) {
    boolean open = problem.startsWith("expected ',' or ");
    return open
        ? Optional.of(
            new ConfigFinding(
                line,
                e.getContextMark().map(mark -> mark.getColumn() + 1).orElse(0),
                "the bracket that opens here is not closed",
                "Close it; if it is part of a text, put the value in double quotes"))
        : Optional.empty();
  }

  private static Optional<ConfigFinding> noGap(List<Line> lines, int reached) {
    for (int i = reached - 1; i >= 0 && i >= reached - 2; i--) {
      Matcher noGap = NO_GAP.matcher(lines.get(i).text());
      if (lines.get(i).active() && noGap.matches()) {
        return Optional.of(
            new ConfigFinding(
                i + 1,
                0,
                "no space after `" + noGap.group(1) + ":`",
                "Put a space between the colon and the value"));
      }
    }
    return Optional.empty();
  }

  private static Optional<ConfigFinding> escape(String problem, int line, int column) {
    if (!problem.contains("escape")) {
      return Optional.empty();
    }
    return Optional.of(
        new ConfigFinding(
            line,
            column,
            "a backslash in double quotes begins an escape, and this is none",
            "Write a path as file:///C:/dir/file.pem, or put the value in single quotes"));
  }

  /** A line that is neither as deep as its neighbour nor a child of it. */
  private static Optional<ConfigFinding> indentation(List<Line> lines, int reached) {
    for (int i = reached - 1; i > 0; i--) {
      Line line = lines.get(i);
      if (!line.active()) {
        continue;
      }
      Optional<Line> before =
          lines.subList(0, i).reversed().stream().filter(Line::active).findFirst();
      if (before.isPresent()
          && line.indented()
          && line.indentation() != before.get().indentation()
          && !(opens(before.get()) && line.indentation() > before.get().indentation())) {
        return Optional.of(
            new ConfigFinding(
                i + 1,
                line.indentation() + 1,
                "indented by "
                    + line.indentation()
                    + (line.indentation() == 1 ? " space" : " spaces")
                    + ", which fits no line above it",
                "Indent it like the lines it stands beside"));
      }
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean opens(Line line) {
    return KeyLine.parse(line.text()).map(key -> key.value().isEmpty()).orElse(false);
  }
}
