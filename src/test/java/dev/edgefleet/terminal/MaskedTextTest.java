package dev.edgefleet.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.secret.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ansible_password: HIDDEN",
        "ansible_password: 'HIDDEN'  # of line 4",
        "edge1 ansible_host=10.0.0.1 ansible_password=HIDDEN",
        "edge1: {ansible_password: HIDDEN, port: 22}",
        "db_password: |\n  HIDDEN\n\n  HIDDEN",
        "db_password:\n  HIDDEN",
        "passwords:\n- HIDDEN\n- HIDDEN",
        "passwords: [\n  HIDDEN\n]",
        "password: \"two\n  HIDDEN\"",
        "\"DB_PASSWORD\": {\n  \"value\": \"HIDDEN\"\n}",
        "- name: DB_PASSWORD\n  value: HIDDEN",
        "{\n  \"name\": \"api_token\",\n  \"kind\": 1,\n  \"value\": \"HIDDEN\"\n}",
        "connection_string: HostName=h;SharedAccessKey=HIDDEN",
        "password: HIDDEN\nmotto: HIDDEN is here too",
      })
  void whatMayBeASecretIsNotShown(String text) {
    Redactor found = new Redactor();
    List<String> lines = MaskedText.of(text.replace("HIDDEN", "hunter2hunter2"), found);
    assertThat(lines).hasSameSizeAs(text.lines().toList());
    assertThat(found.redact(String.join("\n", lines))).doesNotContain("hunter2").contains("***");
  }

  @Test
  void theRestIsAsItWas() {
    String text =
        """
        all:
          vars:
            db_password:
              - first
            port: 22
          hosts:
            one: {line: 4}
            two:
              name: press
              value: 7
        """;
    assertThat(MaskedText.of(text, new Redactor()))
        .containsExactlyElementsOf(text.replace("- first", "***").lines().toList());
  }
}
