package dev.edgefleet.remote.powershell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PowerShell's standard error where nobody reads objects: error records as XML. Only their text is
 * wanted.
 */
final class Clixml {
  private static final Pattern ERROR = Pattern.compile("<S S=\"Error\">(.*?)</S>", Pattern.DOTALL);
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private Clixml() {}

  /** The first line that says something; of plain text as well. */
  static String text(String errors) {
    StringBuilder text = new StringBuilder();
    Matcher records = ERROR.matcher(errors);
    while (records.find()) {
      text.append(records.group(1));
    }
    String plain = text.isEmpty() && !errors.startsWith("#< CLIXML") ? errors : text.toString();
    String unescaped =
        ESCAPED
            .matcher(plain)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    return unescaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(String::strip)
        .orElse("it said nothing");
  }
}
