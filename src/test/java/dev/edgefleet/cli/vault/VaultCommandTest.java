package dev.edgefleet.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgefleet vault …} and where passwords come from. */
class VaultCommandTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void password() throws IOException {
    cli = new Cli(directory).given("pass", "open sesame\n").given("f", "plain text\n");
    mode("pass", "rw-------");
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private void mode(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  private String content(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private void program(String name, String script) throws IOException {
    cli.given(name, "#!/bin/sh\n" + script + "\n");
    mode(name, "rwx------");
  }

  @Test
  void aFileIsReplacedInPlaceWithItsModeKept() throws Exception {
    mode("f", "rw-r-----");
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("f"));
    cli.execute("vault", "encrypt", file("link"), "--vault-pass-file", file("pass")).exits(0);
    assertThat(Vault.isEnvelope(content("f"))).isTrue();
    assertThat(directory.resolve("link")).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("f"))))
        .isEqualTo("rw-r-----");
    Cli.Ran viewed = cli.execute("vault", "view", file("f"), "--vault-pass-file", file("pass"));
    assertThat(viewed.exits(0).out()).isEqualTo("plain text\n");
    assertThat(Vault.isEnvelope(content("f"))).isTrue();
    cli.execute("vault", "decrypt", file("f"), "--vault-pass-file", file("pass")).exits(0);
    assertThat(content("f")).isEqualTo("plain text\n");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("f", "link", "pass");
    }
  }

  @Test
  void allFilesOrNone() throws Exception {
    cli.given("g", "other\n");
    cli.execute("vault", "encrypt", file("g"), "--vault-pass-file", file("pass")).exits(0);
    String before = content("g");
    Cli.Ran refused =
        cli.execute("vault", "encrypt", file("f"), file("g"), "--vault-pass-file", file("pass"));
    assertThat(refused.exits(2).err()).contains(file("g") + ": it is encrypted already");
    assertThat(content("f")).isEqualTo("plain text\n");
    assertThat(content("g")).isEqualTo(before);
    assertThat(
            cli.execute("vault", "decrypt", file("f"), "--vault-pass-file", file("pass"))
                .exits(2)
                .err())
        .contains(file("f") + ": it is not encrypted");
  }

  @Test
  void fromStandardInputToStandardOutput() {
    Cli.Ran encrypted =
        cli.execute(bytes("piped"), "vault", "encrypt", "--vault-id", "a@" + file("pass"));
    assertThat(encrypted.exits(0).out()).startsWith("$ANSIBLE_VAULT;1.2;AES256;a\n");
    Cli.Ran plain =
        cli.execute(
            bytes(encrypted.out()), "vault", "decrypt", "-", "--vault-id", "a@" + file("pass"));
    assertThat(plain.exits(0).out()).isEqualTo("piped");
  }

  @Test
  void anotherFileForTheResultIsForItsOwnerOnly() throws Exception {
    cli.execute("vault", "encrypt", file("f"), "--output", file("o"), "--vault-id", file("pass"))
        .exits(0);
    assertThat(content("f")).isEqualTo("plain text\n");
    assertThat(Vault.isEnvelope(content("o"))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("o"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aValueThatEndsInALineFeedIsPointedOut() {
    assertThat(
            cli.execute(bytes("x\n"), "vault", "encrypt", "--name", "v", "--vault-id", file("pass"))
                .exits(0)
                .err())
        .contains("warning: the value ends in a line feed");
    assertThat(
            cli.execute(bytes("x"), "vault", "encrypt", "--name", "a b", "--vault-id", file("pass"))
                .exits(2)
                .err())
        .contains("'a b' is not a variable's name");
  }

  @Test
  void aProgramPrintsThePasswordAndAClientIsToldTheId() throws Exception {
    program("get", "echo 'open sesame'");
    program("get-client.sh", "test \"$*\" = '--vault-id prod' && echo 'open sesame'");
    program("broken", "exit 3");
    cli.execute("vault", "encrypt", file("f"), "--vault-password-file", file("get")).exits(0);
    cli.execute("vault", "decrypt", file("f"), "--vault-id", "prod@" + file("get-client.sh"))
        .exits(0);
    assertThat(content("f")).isEqualTo("plain text\n");
    assertThat(
            cli.execute("vault", "encrypt", file("f"), "--vault-id", file("broken")).exits(2).err())
        .contains("broken ended with exit code 3");
  }

  @Test
  void severalPasswordsNeedAChoice() throws Exception {
    cli.given("other", "another\n");
    mode("other", "rw-------");
    String[] both = {
      "vault",
      "encrypt",
      file("f"),
      "--vault-id",
      "a@" + file("pass"),
      "--vault-id",
      "b@" + file("other")
    };
    assertThat(cli.execute(both).exits(2).err())
        .contains("a, b")
        .contains("--encrypt-vault-id LABEL");
    List<String> chosen = new java.util.ArrayList<>(List.of(both));
    chosen.addAll(List.of("--encrypt-vault-id", "b"));
    cli.execute(chosen.toArray(String[]::new)).exits(0);
    assertThat(content("f")).startsWith("$ANSIBLE_VAULT;1.2;AES256;b\n");
  }

  @Test
  void passwordsThatCannotBeHad() throws Exception {
    cli.given("empty", " \n");
    mode("empty", "rw-------");
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(encryptWith(file("none"))).contains("there is no vault password file");
    assertThat(encryptWith(directory.toString())).contains("is a directory");
    assertThat(encryptWith(file("empty"))).contains("is empty");
    assertThat(encryptWith(file("binary"))).contains("is not UTF-8 text");
    assertThat(encryptWith("prompt")).contains("there is no terminal");
    assertThat(encryptWith("x@")).contains("has no source after the @");
    assertThat(cli.execute("vault", "encrypt", file("f")).exits(2).err())
        .contains("there is no terminal to ask for the vault password on");
    assertThat(content("f")).isEqualTo("plain text\n");
  }

  private String encryptWith(String source) {
    return cli.execute("vault", "encrypt", file("f"), "--vault-id", source).exits(2).err();
  }

  @Test
  void aPasswordFileThatOthersCanReadIsPointedOut() throws Exception {
    mode("pass", "rw-r--r--");
    assertThat(
            cli.execute("vault", "encrypt", file("f"), "--vault-id", file("pass")).exits(0).err())
        .contains("warning: the vault password file")
        .contains("chmod 600");
  }

  @Test
  void aRunOpensWhatItsFilesHold() throws Exception {
    String block =
        cli.execute(
                bytes("hunter22"),
                "vault",
                "encrypt",
                "--name",
                "inline",
                "--vault-id",
                "prod@" + file("pass"))
            .exits(0)
            .out();
    cli.given(
        "i.yml",
        "all:\n  vars:\n    ansible_connection: local\n" + block.indent(4) + "  hosts: {one: }\n");
    cli.given(
        "p.yml", "- hosts: all\n  tasks:\n    - command: echo {{ inline }} {{ from_file }}\n");
    cli.given("extra.yml", "from_file: hunter33\n");
    cli.execute("vault", "encrypt", file("extra.yml"), "--vault-id", "prod@" + file("pass"))
        .exits(0);

    assertThat(cli.run("-e", "@" + file("extra.yml")).exits(2).err())
        .contains(
            "extra.yml:1:1: error: it is encrypted with Ansible Vault under the vault id 'prod'")
        .contains("--vault-id prod@FILE");
    cli.given("wrong", "no\n");
    mode("wrong", "rw-------");
    assertThat(cli.run("-e", "from_file=x", "--vault-id", "prod@" + file("wrong")).exits(2).err())
        .contains("i.yml:4:13: error: it is encrypted with Ansible Vault")
        .contains("check that the password is the one it was encrypted with");
    assertThat(directory.resolve("runs")).doesNotExist();

    Cli.Ran ran =
        cli.run("-v", "-e", "@" + file("extra.yml"), "--vault-id", "prod@" + file("pass")).exits(0);
    assertThat(ran.steps("one").getLast().output()).isEqualTo("*** ***");
    assertThat(ran.out() + ran.err() + ran.report("report.json")).doesNotContain("hunter");
  }

  @Test
  void aWholePlaybookAndAWholeInventoryMayBeEncrypted() {
    cli.given("i.yml", "all:\n  vars: {ansible_connection: local, n: 5}\n  hosts: {one: }\n");
    cli.given(
        "p.yml",
        """
        - name: A play that is kept secret
          hosts: all
          vars: {token: hunter22}
          tasks:
            - name: Say it
              command: echo {{ token }} five
              when: n == 5
        """);
    cli.execute(
            "vault", "encrypt", file("i.yml"), file("p.yml"), "--vault-password-file", file("pass"))
        .exits(0);
    Cli.Ran ran = cli.run("-v", "--vault-password-file", file("pass")).exits(0);
    assertThat(ran.steps("one").getLast().output()).isEqualTo("*** five");
    assertThat(ran.out() + ran.report("report.json")).doesNotContain("hunter", "kept secret");
  }

  @Test
  void aSecretTooShortToMaskIsPointedOut() {
    String block =
        cli.execute(bytes("abc"), "vault", "encrypt", "--name", "pin", "--vault-id", file("pass"))
            .exits(0)
            .out();
    cli.given(
        "i.yml",
        "all:\n  vars:\n    ansible_connection: local\n" + block.indent(4) + "  hosts: {one: }\n");
    cli.given("p.yml", "- hosts: all\n  tasks:\n    - debug: {msg: \"{{ pin }}\"}\n");
    Cli.Ran ran = cli.run("--vault-id", file("pass")).exits(0);
    assertThat(ran.err()).containsOnlyOnce("has fewer than 4 characters").contains("i.yml:4:10");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
