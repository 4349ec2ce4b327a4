package dev.edgefleet.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What plain scalars mean, held against PyYAML, which Ansible reads its files with. */
class Yaml11ScalarTest {
  private static final List<String> PLAIN =
      List.of(
          "yes",
          "Yes",
          "YES",
          "yEs",
          "no",
          "on",
          "Off",
          "true",
          "True",
          "TRUE",
          "y",
          "n",
          "~",
          "null",
          "Null",
          "nULL",
          "0",
          "7",
          "-3",
          "+4",
          "0644",
          "0o644",
          "0755",
          "0899",
          "0x1F",
          "0b101",
          "1_000",
          "1.5",
          "-0.5",
          ".5",
          "1.",
          "1e3",
          "1.0e+3",
          "1.0e3",
          "190:20:30",
          "1:1",
          "01:30",
          "190:20:30.15",
          ".inf",
          "-.INF",
          "text",
          "1.1.19",
          "12abc",
          "1-2",
          "2024x",
          "00123",
          "9223372036854775807",
          "9223372036854775808",
          "file:///a",
          "a b",
          "0",
          "00",
          "08",
          "1__0");

  @Test
  void meansWhatItMeansToAnsible() throws Exception {
    Peer.requireFile(Path.of("/usr/lib/python3/dist-packages/yaml"), "python3-yaml");
    Map<String, String> ours = new LinkedHashMap<>();
    for (String text : PLAIN) {
      ours.put(text, python(Yaml11Scalar.resolve(text)));
    }
    assertThat(ours).isEqualTo(theirs());
  }

  private static Map<String, String> theirs() throws IOException, InterruptedException {
    String script =
        """
        import sys, yaml
        for line in sys.stdin.read().splitlines(): print(repr(yaml.safe_load(line)))
        """;
    Process process = new ProcessBuilder("/usr/bin/python3", "-c", script).start();
    try (var input = process.getOutputStream()) {
      input.write(String.join("\n", PLAIN).getBytes(StandardCharsets.UTF_8));
    }
    List<String> lines = new ArrayList<>();
    try (var reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    }
    assertThat(process.waitFor()).isZero();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < PLAIN.size(); i++) {
      values.put(PLAIN.get(i), lines.get(i));
    }
    return values;
  }

  private static String python(Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case Double d when d.isInfinite() -> d > 0 ? "inf" : "-inf";
      case Number number -> number.toString();
      default -> "'" + value + "'";
    };
  }
}
