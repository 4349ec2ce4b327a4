package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Ansible, asked what inventories mean. */
final class Ansible {
  private static final Path SCRIPT = Path.of("src/test/resources/inventory/ask_ansible.py");
  private static final JsonMapper JSON = new JsonMapper();

  private Ansible() {}

  /**
   * @param program {@code inventory} for ansible-inventory, {@code adhoc} for ansible
   */
  record Question(String program, List<String> arguments) {}

  record Answer(int code, String out, String err) {}

  /** One answer for each question; all of them cost one start of Ansible. */
  static List<Answer> ask(Path home, List<Question> questions) {
    Peer.require("ansible-inventory", "ansible-core");
    try {
      Path settings = Files.writeString(home.resolve("ansible.cfg"), "");
      Path errors = home.resolve("errors");
      ProcessBuilder builder =
          new ProcessBuilder("/usr/bin/python3", SCRIPT.toAbsolutePath().toString())
              .directory(home.toFile())
              .redirectError(errors.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
      builder
          .environment()
          .putAll(
              Map.of(
                  "HOME",
                  home.toString(),
                  "ANSIBLE_CONFIG",
                  settings.toString(),
                  "ANSIBLE_NOCOLOR",
                  "1",
                  "LC_ALL",
                  "C.UTF-8"));
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(JSON.writeValueAsBytes(questions));
      }
      JsonNode answers = JSON.readTree(process.getInputStream().readAllBytes());
      assertThat(answers.size())
          .as(Files.readString(errors, StandardCharsets.UTF_8))
          .isEqualTo(questions.size());
      List<Answer> all = new ArrayList<>();
      answers.forEach(
          a ->
              all.add(
                  new Answer(a.get("code").asInt(), a.get("out").asText(), a.get("err").asText())));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
