package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.failure.BadInput;
import java.util.Map;

/** Replaces the {@code %} words of ssh_config(5), "TOKENS". */
final class PercentTokens {
  private PercentTokens() {}

  /**
   * @param values by letter
   * @throws BadInput when a word stands for nothing that is in {@code values}
   */
  static String replace(String text, String what, Map<Character, String> values) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        result.append(c);
        continue;
      }
      char letter = ++i < text.length() ? text.charAt(i) : ' ';
      String value = letter == '%' ? "%" : values.get(letter);
      if (value == null) {
        throw new BadInput(
            what + " is '" + text + "', and %" + letter + " is not known there",
            "known are %% and "
                + String.join(", ", values.keySet().stream().sorted().map(k -> "%" + k).toList()));
      }
      result.append(value);
    }
    return result.toString();
  }
}
