package dev.edgefleet.edge.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the YAML document of a file begins and ends by its {@code ---} and {@code ...} lines.
 *
 * @param lines of the file
 * @param begin index of the first line that may hold a setting
 * @param end index after the last one
 */
record DocumentMarks(List<Line> lines, int begin, int end) {
  private static final Pattern START = Pattern.compile("---(?:\\s.*)?");
  private static final Pattern END = Pattern.compile("\\.\\.\\.(?:\\s.*)?");

  static DocumentMarks of(List<Line> lines) {
    int begin = 0;
    boolean content = false;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      boolean start = START.matcher(line.text()).matches();
      if (!content && (start || line.text().startsWith("%"))) {
        begin = i + 1;
        content = start && line.text().substring(3).strip().matches("[^#].*");
      } else if (start || END.matcher(line.text()).matches()) {
        return new DocumentMarks(lines, begin, i);
      } else {
        content |= line.active();
      }
    }
    return new DocumentMarks(lines, begin, lines.size());
  }

  /** Of a file that goes on after its document's end: the line at which that ends. */
  ConfigFinding second() {
    boolean dots = end < lines.size() && END.matcher(lines.get(end).text()).matches();
    int separator = end;
    for (int i = end; dots && i < lines.size(); i++) {
      if (START.matcher(lines.get(i).text()).matches()) {
        separator = i;
        dots = false;
      }
    }
    return new ConfigFinding(
        Math.min(separator + 1, lines.size()),
        0,
        dots
            ? "`...` ends the YAML document, and settings follow it"
            : "a second YAML document begins here; the daemon reads only files with one",
        dots ? "Remove the `...` line" : "Remove the `---` line");
  }

  /** Whether settings follow the end mark. */
  boolean contentBehind() {
    return end < lines.size()
        && lines.subList(end + 1, lines.size()).stream()
            .anyMatch(line -> line.active() && !END.matcher(line.text()).matches());
  }
}
