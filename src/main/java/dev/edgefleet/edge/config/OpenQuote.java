package dev.edgefleet.edge.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a value whose quote is not closed. Its text goes on to the next quote somewhere below, and
 * a parser complains only there.
 */
final class OpenQuote {
  private static final Pattern QUOTED =
      Pattern.compile("\\s*(?:- +)*(?:[^\\s#\"':][^\"':]*:\\s+)?(?<text>[\"'].*)");

  private OpenQuote() {}

  /** The first value above the line at index {@code end} whose quote stays open. */
  static Optional<ConfigFinding> above(List<Line> lines, int end) {
    for (int i = 0; i < Math.min(end, lines.size()); i++) {
      Matcher quoted = QUOTED.matcher(lines.get(i).text());
      if (!lines.get(i).active() || !quoted.matches()) {
        continue;
      }
      char quote = quoted.group("text").charAt(0);
      int closing = KeyLine.closingQuote(quoted.group("text"), 1, quote);
      if (closing >= 0) {
        continue;
      }
      int last = closedIn(lines, i + 1, quote);
      if (last < 0) {
        return Optional.of(
            new ConfigFinding(
                i + 1,
                quoted.start("text") + 1,
                "the quote that opens here is not closed",
                "Close it at the end of the value"));
      }
      i = last;
    }
    return Optional.empty();
  }

  /** The line that ends the text, or -1 when what ends it is the quote of another value. */
  private static int closedIn(List<Line> lines, int from, char quote) {
    for (int i = from; i < lines.size(); i++) {
      String text = lines.get(i).text();
      int closing = KeyLine.closingQuote(text, 0, quote);
      if (closing >= 0) {
        String rest = text.substring(closing + 1);
        return rest.isBlank() || rest.matches("\\s+#.*") ? i : -1;
      }
    }
    return -1;
  }
}
