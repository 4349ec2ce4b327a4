package dev.edgefleet.yaml;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultPassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
  private static Object value(String text) {
    return YamlFile.parse(text, "f.yml", Vault.locked()).orElseThrow().value();
  }

  @Test
  void knowsThePlaceOfEveryValue() {
    YamlNode.Mapping root =
        (YamlNode.Mapping)
            YamlFile.parse("a: 1\nb:\n  - x\n  - y: z\n", "f.yml", Vault.locked()).orElseThrow();
    YamlNode.Items items = (YamlNode.Items) root.get("b").orElseThrow();
    assertThat(items.items().get(1).place()).hasToString("f.yml:4:5");
    assertThat(root.entries().get(1).keyPlace()).hasToString("f.yml:2:1");
  }

  @Test
  void quotedScalarsStayText() {
    assertThat(value("{a: '0644', b: 0644, c: \"yes\", d: yes, e: !!str 12}"))
        .isEqualTo(Map.of("a", "0644", "b", 420L, "c", "yes", "d", true, "e", "12"));
  }

  @Test
  void mergesMappings() {
    assertThat(value("base: &b {x: 1, y: 2}\nother:\n  <<: *b\n  y: 3\n"))
        .isEqualTo(Map.of("base", Map.of("x", 1L, "y", 2L), "other", Map.of("x", 1L, "y", 3L)));
  }

  @Test
  void aliasesOfAliasesEndBeforeTheMemoryDoes() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i <= 10; i++) {
      String before = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", nCopies(9, before))));
    }
    assertThatThrownBy(() -> value(text.toString()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("f.yml:7:5: the aliases of this document stand for more than");
  }

  @Test
  void manyValuesWithoutAliasesAreFine() {
    String text = "[" + "x,".repeat(1_200_000) + "]";
    assertThat((List<?>) value(text)).hasSize(1_200_000);
  }

  @Test
  void onlyCommentsIsNothing() {
    assertThat(YamlFile.parse("# nothing\n", "f.yml", Vault.locked())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2            | f.yml:2:1: 'a' is given twice",
        "a: {{ x }}             | f.yml:1:5",
        "a:\\n\\tb: 1           | f.yml:2:1",
        "a: !vault x            | f.yml:1:4: this is not an Ansible vault envelope",
        "a: !volt x             | f.yml:1:4: the tag !volt is not known",
        "a: [1, 2               | f.yml:1",
        "a: 'open               | f.yml:1",
        "- &a [*a]              | f.yml:1:3: this value contains itself",
        "a: 1\\n---\\nb: 2      | f.yml",
      })
  void everyMistakeHasItsPlace(String text, String message) {
    assertThatThrownBy(
            () ->
                YamlFile.parse(
                    text.replace("\\n", "\n").replace("\\t", "\t"), "f.yml", Vault.locked()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatToDoAboutAnUnquotedTemplate() {
    assertThatThrownBy(() -> YamlFile.parse("a: {{ x }}y\n", "f.yml", Vault.locked()))
        .hasMessageContaining("must be in quotes");
  }

  @Test
  void anUnreadableFileIsBadInput(@TempDir Path directory) throws Exception {
    Path latin1 =
        Files.write(directory.resolve("l.yml"), "a: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> YamlFile.read(latin1, Vault.locked()))
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> YamlFile.read(directory.resolve("none.yml"), Vault.locked()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("there is no file");
  }

  @Test
  void aVaultValueIsASecret() {
    Vault vault = vault("right");
    String text = "a: 1\nb: !vault |\n" + vault.encrypt(bytes("hunter22"), "default").indent(4);
    assertThat(YamlFile.parse(text, "f.yml", vault).orElseThrow().value())
        .isEqualTo(Map.of("a", 1L, "b", Secret.of("hunter22")));
    assertThat(YamlFile.parse(text, "f.yml", vault).orElseThrow().toString())
        .doesNotContain("hunter22");
  }

  @Test
  void aWrongPasswordIsFoundAtReadingWithItsPlace() {
    String envelope = vault("right").encrypt(bytes("hunter22"), "default");
    String text = "a: 1\nb: !vault |\n" + envelope.indent(4);
    assertThatThrownBy(() -> YamlFile.parse(text, "f.yml", vault("wrong")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("f.yml:2:4: it is encrypted with Ansible Vault")
        .hasMessageContaining("no password given opens it");
    assertThatThrownBy(() -> YamlFile.parse(text, "f.yml", Vault.of(List.of(), secret -> {})))
        .hasMessageContaining("f.yml:2:4")
        .hasMessageContaining("--vault-password-file");
  }

  @Test
  void aLockedVaultRefusesWhenTheValueIsAskedFor() {
    String envelope = vault("right").encrypt(bytes("hunter22"), "default");
    Map<?, ?> values = (Map<?, ?>) value("a: !vault |\n" + envelope.indent(4));
    Secret secret = (Secret) values.get("a");
    assertThatThrownBy(secret::reveal).hasMessageContaining("f.yml:1:4");
  }

  @Test
  void aDamagedEnvelopeIsFoundAtReadingEvenWhenLocked() {
    String envelope = vault("right").encrypt(bytes("hunter22"), "default");
    String cut = envelope.substring(0, envelope.length() - 5);
    assertThatThrownBy(() -> value("x: 1\na: !vault |\n" + cut.indent(4)))
        .hasMessageContaining("f.yml:2:4: the vault envelope is damaged");
  }

  @Test
  void textsOfAnEncryptedFileAreSecrets(@TempDir Path directory) throws Exception {
    List<String> told = new ArrayList<>();
    Vault vault =
        Vault.of(
            List.of(new VaultPassword("default", Secret.of("right"))),
            secret -> told.add(secret.reveal()));
    Path file = directory.resolve("v.yml");
    String plain =
        """
        user: root
        password: 'hunter2222'
        pin: 12345678
        port: 22
        on: true
        line: 'Key=0123456789;{{ user }}'
        """;
    Files.writeString(file, vault.encrypt(bytes(plain), "default"));
    assertThat(YamlFile.read(file, vault).orElseThrow().value())
        .isEqualTo(
            Map.of(
                "user",
                Secret.of("root"),
                "password",
                Secret.of("hunter2222"),
                "pin",
                12345678L,
                "port",
                22L,
                "on",
                true,
                "line",
                "Key=0123456789;{{ user }}"));
    assertThat(told).contains("hunter2222", "12345678", "Key=0123456789;").doesNotContain("root");
    assertThatThrownBy(() -> YamlFile.read(file, vault("wrong")))
        .hasMessageContaining(file + ":1:1: it is encrypted with Ansible Vault");
  }

  private static Vault vault(String password) {
    return Vault.of(
        List.of(new VaultPassword(VaultPassword.DEFAULT, Secret.of(password))), secret -> {});
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
