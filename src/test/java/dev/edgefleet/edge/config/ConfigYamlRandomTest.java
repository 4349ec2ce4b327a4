package dev.edgefleet.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.edgefleet.Sample;
import dev.edgefleet.SharedData;
import dev.edgefleet.edge.Fixture;
import dev.edgefleet.edge.IndependentYaml;
import dev.edgefleet.failure.StepFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Given what hands in a hurry make of a configuration, then an edit is either refused, or right by
 * an independent reader. Every variant can be made again from its number.
 */
class ConfigYamlRandomTest {
  private static final int VARIANTS = Sample.AT_LENGTH ? 3_000 : 800;

  @Test
  void isRefusedOrRight() throws Exception {
    EditedConfig edited = new EditedConfig(IndependentYaml.start());
    List<String> templates = templates();
    int refused = 0;
    for (int number = 0; number < VARIANTS; number++) {
      Random random = new Random(number);
      byte[] before = mutated(templates.get(random.nextInt(templates.size())), random);
      Optional<ConfigYaml> after = edit(before);
      if (after.isEmpty()) {
        refused++;
        continue;
      }
      try {
        edited.check(before, after.get().bytes());
      } catch (AssertionError e) {
        fail(
            "variant "
                + number
                + ":\n"
                + new String(before, UTF_8)
                + "\nbecame\n"
                + new String(after.get().bytes(), UTF_8),
            e);
      }
    }
    // A check that refuses everything would pass the rest.
    assertThat(refused).isBetween(VARIANTS / 20, VARIANTS / 2);
  }

  /** What only touches provisioning sections and leaves their headers readable is never refused. */
  @Test
  void harmlessChangesAreNeverRefused() throws Exception {
    EditedConfig edited = new EditedConfig(IndependentYaml.start());
    List<String> templates = templates();
    for (int number = 0; number < VARIANTS / 4; number++) {
      Random random = new Random(number);
      byte[] before = harmless(templates.get(random.nextInt(templates.size())), random);
      edited.check(
          before,
          ConfigYaml.parse(before)
              .withManualX509(EditedConfig.WANTED, Optional.of("1.1.19"))
              .bytes());
    }
  }

  private static Optional<ConfigYaml> edit(byte[] before) {
    try {
      return Optional.of(
          ConfigYaml.parse(before).withManualX509(EditedConfig.WANTED, Optional.of("1.1.19")));
    } catch (StepFailed e) {
      assertThat(e.what()).startsWith("config.yaml cannot be edited: ");
      assertThat(e.remedy()).isNotEmpty();
      return Optional.empty();
    }
  }

  private static List<String> templates() throws IOException {
    List<String> templates = new ArrayList<>(List.of(Fixture.text("pump-station.yaml")));
    Path shared = Path.of("../shared/data/config-yaml");
    if (Files.exists(shared)) {
      for (Path file : SharedData.yamlFiles("config-yaml")) {
        templates.add(Files.readString(file));
      }
    }
    return templates;
  }

  private static byte[] mutated(String template, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(template.split("\n", -1)));
    int start = firstSection(lines);
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      boolean near = random.nextInt(5) > 0;
      int at =
          near
              ? Math.min(lines.size() - 1, start + random.nextInt(60))
              : random.nextInt(lines.size());
      mutate(lines, at, Math.min(lines.size(), at + 1 + random.nextInt(10)), random);
    }
    return joined(lines, random);
  }

  private static void mutate(List<String> lines, int at, int end, Random random) {
    String line = lines.get(at);
    switch (random.nextInt(14)) {
      case 0 -> lines.set(at, " " + line);
      case 1 -> lines.set(at, line + one(random, " ", "   ", " # note", " #note"));
      case 2 -> lines.add(at, one(random, "", "  ", "#", "# note", "  # note", "\t", "---"));
      case 3 -> lines.set(at, line.replace("  ", one(random, "    ", "        ", " ", "\t")));
      case 4 -> lines.set(at, line.replace("\"", one(random, "'", "", "\u201c")));
      case 5 -> lines.remove(at);
      case 6 -> change(lines, at, end, l -> l.startsWith("# ") ? l.substring(2) : l);
      case 7 -> change(lines, at, end, l -> l.startsWith("#") ? l.substring(1) : l);
      case 8 -> change(lines, at, end, l -> "# " + l);
      case 9 -> change(lines, at, end, l -> "#" + l);
      case 10 -> change(lines, at, end, l -> l.isBlank() || l.startsWith("#") ? l : " " + l);
      case 11 -> change(lines, at, end, l -> l.isBlank() ? l : "\t" + l);
      case 12 -> lines.addAll(random.nextInt(lines.size()), List.copyOf(lines.subList(at, end)));
      default -> lines.set(at, line.replace(": ", one(random, ":", ":  ", " = ", ": &a ")));
    }
  }

  /** Blank lines, comments, trailing spaces, deeper children, another section in force. */
  private static byte[] harmless(String template, Random random) {
    List<String> lines = new ArrayList<>();
    boolean inSection = false;
    int spaces = 1 + random.nextInt(4);
    int activated = random.nextInt(8);
    int section = 0;
    for (String line : template.split("\n", -1)) {
      boolean header = line.matches("(# )?provisioning:");
      section += header ? 1 : 0;
      inSection = header || (inSection && !line.isBlank());
      String text = line;
      if (inSection && line.startsWith("# ") && section == activated) {
        text = line.substring(2);
      }
      if (inSection && text.startsWith("  ")) {
        String content = text.stripLeading();
        text = " ".repeat((text.length() - content.length()) / 2 * spaces) + content;
      }
      lines.add(inSection && random.nextInt(6) == 0 ? text + one(random, " ", "  # note") : text);
      if (inSection && random.nextInt(10) == 0) {
        lines.add(one(random, "", "  ", "    # note"));
      }
    }
    return joined(lines, random);
  }

  private static int firstSection(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("provisioning:")) {
        return Math.max(0, i - 2);
      }
    }
    return 0;
  }

  private static void change(
      List<String> lines, int from, int to, java.util.function.UnaryOperator<String> how) {
    for (int i = from; i < to; i++) {
      lines.set(i, how.apply(lines.get(i)));
    }
  }

  private static byte[] joined(List<String> lines, Random random) {
    int style = random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean windows = style == 0 || (style == 1 && random.nextBoolean());
      text.append(lines.get(i)).append(i + 1 < lines.size() ? windows ? "\r\n" : "\n" : "");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static String one(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
