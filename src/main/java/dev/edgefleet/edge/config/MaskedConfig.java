package dev.edgefleet.edge.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configuration text for people's eyes: what is secret in it by its key is masked. */
final class MaskedConfig {
  private static final String MASK = "***";

  // Also behind a comment mark: a commented-out key is as good as one in force.
  private static final Pattern SECRET_LINE =
      Pattern.compile(
          "(?<key>(?<lead>[ \\t#]*(?:-[ \\t]+)?)[\"']?"
              + "(?:device_connection_string|symmetric_key|password)[\"']?[ \\t]*:)"
              + "(?<value>[ \\t]+\\S.*|[ \\t]*)");
  private static final Pattern SECRET_IN_FLOW =
      Pattern.compile(
          "([{,]\\s*[\"']?(?:device_connection_string|symmetric_key|password)[\"']?\\s*:\\s*)"
              + "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|'[^']*+'?|[^,}]*+)");
  private static final Pattern SHARED_ACCESS_KEY =
      Pattern.compile("(SharedAccessKey\\s*[=:]\\s*)[^;\"'\\s]+");
  private static final Pattern URL_PASSWORD = Pattern.compile("(://)[^/@\\s\"']*:[^/@\\s\"']*@");
  private static final Pattern LEAD = Pattern.compile("[ \\t#]*");

  private MaskedConfig() {}

  static String text(String text) {
    List<Line> lines = Line.split(text);
    StringBuilder masked = new StringBuilder();
    int secretDepth = -1;
    char openQuote = 0;
    for (Line line : lines) {
      Matcher secret = SECRET_LINE.matcher(line.text());
      String result;
      if (openQuote != 0 && !line.blank()) {
        result = lead(line.text()) + MASK;
        openQuote = line.text().indexOf(openQuote) >= 0 ? 0 : openQuote;
      } else if (secret.matches()) {
        result = secret.group("value").isBlank() ? line.text() : secret.group("key") + " " + MASK;
        secretDepth = secret.group("lead").length();
        openQuote = unclosedQuote(secret.group("value").strip());
      } else if (secretDepth >= 0 && !line.blank() && lead(line.text()).length() > secretDepth) {
        result = lead(line.text()) + MASK;
      } else {
        secretDepth = -1;
        result = shapes(line.text());
      }
      masked.append(result).append(line.ending());
    }
    return masked.toString();
  }

  private static String shapes(String text) {
    String masked = SECRET_IN_FLOW.matcher(text).replaceAll("$1" + MASK);
    masked = SHARED_ACCESS_KEY.matcher(masked).replaceAll("$1" + MASK);
    return URL_PASSWORD.matcher(masked).replaceAll("$1" + MASK + "@");
  }

  private static String lead(String text) {
    Matcher lead = LEAD.matcher(text);
    return lead.lookingAt() ? lead.group() : "";
  }

  private static char unclosedQuote(String value) {
    if (value.isEmpty() || (value.charAt(0) != '"' && value.charAt(0) != '\'')) {
      return 0;
    }
    return value.indexOf(value.charAt(0), 1) > 0 ? 0 : value.charAt(0);
  }
}
