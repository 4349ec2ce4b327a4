package dev.edgefleet.edge.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says where a YAML error really is. A parser reports the place where it could not go on, often a
 * hundred lines below the line that is wrong.
 */
final class YamlFault {
  private static final Pattern TOML = Pattern.compile("([A-Za-z_]+)\\s*=\\s*(.*?)\\s*");
  private static final Pattern NO_GAP = Pattern.compile("\\s*([A-Za-z_]+):[\"'].*");

  private YamlFault() {}

  static ConfigFinding explain(MarkedYamlEngineException e, List<Line> lines) {
    int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(lines.size());
    int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
    String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
    int contextLine = e.getContextMark().map(mark -> mark.getLine() + 1).orElse(line);
    int reached = Math.min(Math.max(line, contextLine), lines.size());

    return tabAbove(lines, reached)
        .or(() -> toml(lines, reached))
        .or(() -> firstContent(lines, problem))
        .or(() -> noGap(lines, reached))
        .or(() -> noColon(problem, contextLine))
        .or(() -> escape(problem, line, column))
        .or(() -> indentation(lines, reached))
        .orElseGet(() -> new ConfigFinding(line, column, "not YAML: " + problem, ""));
  }

  static ConfigFinding tab(int line) {
    return new ConfigFinding(
        line, 0, "tab used for indentation; YAML wants spaces", "Put two spaces instead");
  }

  private static Optional<ConfigFinding> tabAbove(List<Line> lines, int reached) {
    for (int i = 0; i < reached; i++) {
      String text = lines.get(i).text();
      if (lines.get(i).active()
          && text.substring(0, lines.get(i).indentation()).indexOf('\t') >= 0) {
        return Optional.of(tab(i + 1));
      }
    }
    return Optional.empty();
  }

  /** The template has a line of TOML among its comments that does not survive being uncommented. */
  private static Optional<ConfigFinding> toml(List<Line> lines, int reached) {
    for (int i = 0; i < reached; i++) {
      Matcher toml = TOML.matcher(lines.get(i).text());
      if (lines.get(i).active() && toml.matches()) {
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

  /** Where the file's first line of content decides that nothing after it can be read. */
  private static Optional<ConfigFinding> firstContent(List<Line> lines, String problem) {
    if (!problem.contains("document start")) {
      return Optional.empty();
    }
    for (int i = 0; i < lines.size(); i++) {
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
    return structured ? Optional.empty() : Optional.of(notASetting(index + 1));
  }

  private static Optional<ConfigFinding> noColon(String problem, int line) {
    return problem.contains("expected ':'") ? Optional.of(notASetting(line)) : Optional.empty();
  }

  private static ConfigFinding notASetting(int line) {
    return new ConfigFinding(
        line,
        0,
        "neither a comment nor a `key: value` setting",
        "Put # in front if it is a comment");
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
