package dev.edgefleet.simulator.windows.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code config.yaml} as a cab brings it, and what Initialize-IoTEdge makes of it. */
public final class ConfigTemplate {
  private ConfigTemplate() {}

  public static String delivered() {
    try (InputStream stream =
        Objects.requireNonNull(
            ConfigTemplate.class.getResourceAsStream("/simulator/windows/config.yaml"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The active block goes. Where the new one's kind stands as a comment it comes in its place, as
   * the script has it; a manual one takes the place of the active one.
   */
  static String provisioned(String text, List<String> block) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int active = lines.indexOf("provisioning:");
    int end = active + 1;
    while (lines.get(end).startsWith("  ")) {
      end++;
    }
    boolean manual = block.contains("  source: 'manual'");
    List<String> replaced = lines.subList(active, end);
    replaced.clear();
    if (manual) {
      lines.addAll(active, block);
      return String.join("\n", lines);
    }
    int place = commented(lines, block);
    int rest = place;
    while (lines.get(rest).startsWith("# ")) {
      rest++;
    }
    lines.subList(place, rest).clear();
    lines.addAll(place, block);
    return String.join("\n", lines);
  }

  /** First line of the commented block with that source and method. */
  private static int commented(List<String> lines, List<String> block) {
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).equals("# provisioning:")) {
        continue;
      }
      List<String> keys = new ArrayList<>();
      for (int j = i + 1; lines.get(j).startsWith("#   "); j++) {
        keys.add(lines.get(j).substring(2).replace('"', '\''));
      }
      if (keys.stream()
          .filter(ConfigTemplate::tells)
          .toList()
          .equals(block.stream().filter(ConfigTemplate::tells).toList())) {
        return i;
      }
    }
    throw new IllegalStateException("the template has no such block");
  }

  private static boolean tells(String line) {
    return line.startsWith("  source:") || line.startsWith("    method:");
  }

  static String withGateway(String text, List<String> block) {
    return text.replaceFirst(
        "(?m)^# certificates:\n(?:#   .*\n){3}",
        String.join("\n", block).replace("$", "\\$") + "\n");
  }

  static String withHost(String text, String host) {
    return text.replaceFirst("(?m)^hostname: .*$", "hostname: '" + host + "'");
  }

  static String withAgent(String text, String image) {
    return text.replaceFirst("(?m)^    image: .*$", "    image: \"" + image + "\"");
  }
}
