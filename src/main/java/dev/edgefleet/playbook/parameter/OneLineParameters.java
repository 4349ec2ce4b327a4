package dev.edgefleet.playbook.parameter;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parameters in one line, as in {@code copy: src=a dest=b} and {@code command: ls chdir=/tmp}.
 * Words end at a space or line feed outside quotes and Jinja.
 */
final class OneLineParameters {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\\\\'\"abfnrtv]))");

  private final YamlNode.Scalar line;
  private final String text;

  /** A word of the line: from start to end, without the space around it. */
  private record Piece(int start, int end) {}

  /**
   * @param parameters those written as name=value
   * @param rest the line without them; empty when nothing is left
   */
  record Parsed(List<YamlNode.Entry> parameters, String rest) {}

  OneLineParameters(YamlNode.Scalar line) {
    this.line = line;
    this.text = line.text();
  }

  /**
   * @param isParameter which names are parameters; other words with = are left in the rest
   * @return empty, with a problem noted, when quotes or braces are not closed
   */
  Optional<Parsed> parse(Predicate<String> isParameter, List<Problem> problems) {
    List<Piece> pieces = new ArrayList<>();
    if (!split(pieces)) {
      problems.add(
          Problem.at(
              line.place(),
              "a quote or {{ in this line is not closed",
              "close it, or write each parameter on a line of its own, as 'name: value'"));
      return Optional.empty();
    }
    List<YamlNode.Entry> parameters = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      String word = text.substring(piece.start(), piece.end());
      int equals = equalsSign(unescaped(word));
      String name = equals < 0 ? "" : unescaped(word).substring(0, equals).strip();
      // The space after a word, which in a command may be worth keeping, goes with the word.
      int next = i + 1 < pieces.size() ? pieces.get(i + 1).start() : text.length();
      if (equals >= 0 && isParameter.test(name)) {
        parameters.add(parameter(name, unescaped(word).substring(equals + 1), piece.start()));
      } else if (!isContinuation(word, piece.end())) {
        rest.append(equals < 0 ? word.replace("\\=", "=") : word).append(text, piece.end(), next);
      }
    }
    return Optional.of(new Parsed(parameters, rest.toString().strip()));
  }

  private boolean isContinuation(String word, int end) {
    return word.equals("\\") && end < text.length() && text.charAt(end) == '\n';
  }

  private YamlNode.Entry parameter(String name, String value, int offset) {
    Place place =
        line.plain() && !text.contains("\n")
            ? new Place(line.place().file(), line.place().line(), line.place().column() + offset)
            : line.place();
    String plain = unquoted(value.strip());
    return new YamlNode.Entry(name, place, new YamlNode.Scalar(place, plain, plain, false));
  }

  private boolean split(List<Piece> pieces) {
    char quote = 0;
    int depth = 0;
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\n' || c == '\t';
      if (space && quote == 0 && depth == 0) {
        if (start >= 0) {
          pieces.add(new Piece(start, i));
          start = -1;
        }
        continue;
      }
      if (start < 0) {
        start = i;
      }
      boolean escaped = i > start && text.charAt(i - 1) == '\\';
      if (quote != 0) {
        quote = c == quote && !escaped ? 0 : quote;
      } else if ((c == '"' || c == '\'') && !escaped) {
        quote = c;
      }
      depth = Math.max(0, depth + depthChange(i));
    }
    if (start >= 0) {
      pieces.add(new Piece(start, text.length()));
    }
    return quote == 0 && depth == 0;
  }

  private int depthChange(int i) {
    if (text.startsWith("{{", i) || text.startsWith("{%", i) || text.startsWith("{#", i)) {
      return 1;
    }
    // Where "}}}" closes a mapping inside an expression, the last two braces are the expression's.
    boolean closes =
        (text.startsWith("}}", i) && !text.startsWith("}}}", i))
            || text.startsWith("%}", i)
            || text.startsWith("#}", i);
    return closes ? -1 : 0;
  }

  /** Where the name ends; -1 when the word is no name=value. */
  private static int equalsSign(String word) {
    for (int i = 1; i < word.length(); i++) {
      if (word.charAt(i) == '=' && word.charAt(i - 1) != '\\') {
        return i;
      }
    }
    return -1;
  }

  private static String unescaped(String word) {
    return ESCAPE.matcher(word).replaceAll(match -> Matcher.quoteReplacement(character(match)));
  }

  private static String character(MatchResult escape) {
    for (int group = 1; group <= 3; group++) {
      if (escape.group(group) != null) {
        return Character.toString(Integer.parseInt(escape.group(group), 16));
      }
    }
    return switch (escape.group(4)) {
      case "a" -> "\u0007";
      case "b" -> "\b";
      case "f" -> "\f";
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "v" -> "\u000b";
      case String same -> same;
    };
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean quoted =
        last > 0
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(last) == value.charAt(0)
            && value.charAt(last - 1) != '\\';
    return quoted ? value.substring(1, last) : value;
  }
}
