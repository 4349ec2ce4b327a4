package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultPassword;
import dev.edgefleet.yaml.YamlFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ansible-vault writes opens here, and the other way round. */
class VaultPeerTest {
  private static final String DEV = "dev-pässwörd";
  private static final String PROD = "prod password with spaces";

  @TempDir Path directory;
  private Path peer;
  private Cli cli;

  @BeforeEach
  void passwords() throws IOException {
    peer = Peer.require("ansible-vault", "ansible-core");
    cli = new Cli(directory);
    // Ansible leaves out white space around a password in a file.
    Files.writeString(directory.resolve("dev.pass"), DEV + "\n");
    Files.writeString(directory.resolve("prod.pass"), "  " + PROD + "\r\n");
    Files.writeString(directory.resolve("wrong.pass"), "wrong\n");
    Files.writeString(directory.resolve("ansible.cfg"), "");
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private record Printed(int exitCode, byte[] out, String err) {}

  private Printed ansible(byte[] input, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(peer.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                directory.toString(),
                "ANSIBLE_CONFIG",
                file("ansible.cfg"),
                "LC_ALL",
                "C.UTF-8"));
    Path err = directory.resolve("ansible.err");
    Process process = builder.redirectError(err.toFile()).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    }
    byte[] out = process.getInputStream().readAllBytes();
    return new Printed(process.waitFor(), out, Files.readString(err));
  }

  private byte[] ansibleDoes(byte[] input, String... words) throws Exception {
    Printed printed = ansible(input, words);
    assertThat(printed.exitCode()).as(printed.err()).isZero();
    return printed.out();
  }

  private Vault vault() {
    return Vault.of(
        List.of(
            new VaultPassword("dev", Secret.of(DEV)), new VaultPassword("prod", Secret.of(PROD))),
        secret -> {});
  }

  private static Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put("text", "a: 1\nb: two\n".getBytes(StandardCharsets.UTF_8));
    contents.put("unicode", "pässwörd → 😀\n".getBytes(StandardCharsets.UTF_8));
    contents.put("empty", new byte[0]);
    contents.put("block", "exactly16bytes!!".getBytes(StandardCharsets.UTF_8));
    byte[] binary = new byte[1000];
    new Random(3).nextBytes(binary);
    contents.put("binary", binary);
    byte[] large = new byte[1 << 20];
    new Random(4).nextBytes(large);
    contents.put("large", large);
    return contents;
  }

  private String[] write(Map<String, byte[]> contents) throws IOException {
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      Files.write(directory.resolve(content.getKey()), content.getValue());
    }
    return contents.keySet().stream().map(this::file).toArray(String[]::new);
  }

  private static String[] words(String[] files, String... before) {
    List<String> words = new ArrayList<>(List.of(before));
    words.addAll(List.of(files));
    return words.toArray(String[]::new);
  }

  @Test
  void whatAnsibleEncryptsOpensHere() throws Exception {
    Map<String, byte[]> contents = contents();
    String[] files = write(contents);
    ansibleDoes(
        new byte[0],
        words(
            files,
            "encrypt",
            "--vault-id",
            "dev@dev.pass",
            "--vault-id",
            "prod@prod.pass",
            "--encrypt-vault-id",
            "prod"));
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      byte[] encrypted = Files.readAllBytes(directory.resolve(content.getKey()));
      assertThat(new String(encrypted, StandardCharsets.US_ASCII))
          .startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n");
      assertThat(vault().content(encrypted)).as(content.getKey()).isEqualTo(content.getValue());
    }
    cli.execute(words(files, "vault", "decrypt", "--vault-password-file", file("wrong.pass")))
        .exits(2);
    cli.execute(
            words(
                files,
                "vault",
                "decrypt",
                "--vault-id",
                "dev@" + file("dev.pass"),
                "--vault-id",
                "prod@" + file("prod.pass")))
        .exits(0);
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      assertThat(directory.resolve(content.getKey())).hasBinaryContent(content.getValue());
    }
  }

  @Test
  void whatIsEncryptedHereOpensThere() throws Exception {
    Map<String, byte[]> contents = contents();
    String[] files = write(contents);
    cli.execute(words(files, "vault", "encrypt", "--vault-id", "dev@" + file("dev.pass"))).exits(0);
    assertThat(
            new String(
                ansibleDoes(new byte[0], "view", "--vault-id", "x@dev.pass", "unicode"),
                StandardCharsets.UTF_8))
        .isEqualTo("pässwörd → 😀\n");
    Printed refused = ansible(new byte[0], "view", "--vault-id", "dev@wrong.pass", "text");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err()).contains("Decryption failed");
    ansibleDoes(new byte[0], words(files, "decrypt", "--vault-id", "dev@dev.pass"));
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      assertThat(directory.resolve(content.getKey())).hasBinaryContent(content.getValue());
    }
  }

  @Test
  void whatAnsibleRekeysOpensHereAndTheOtherWayRound() throws Exception {
    String[] files = write(Map.of("text", "a: 1\n".getBytes(StandardCharsets.UTF_8)));
    cli.execute(words(files, "vault", "encrypt", "--vault-password-file", file("dev.pass")))
        .exits(0);
    assertThat(Files.readString(directory.resolve("text")))
        .startsWith("$ANSIBLE_VAULT;1.1;AES256\n");
    ansibleDoes(
        new byte[0],
        "rekey",
        "--vault-password-file",
        "dev.pass",
        "--new-vault-id",
        "prod@prod.pass",
        "text");
    cli.execute(
            words(
                files,
                "vault",
                "rekey",
                "--vault-password-file",
                file("prod.pass"),
                "--new-vault-id",
                "dev@" + file("dev.pass")))
        .exits(0);
    assertThat(Files.readString(directory.resolve("text")))
        .startsWith("$ANSIBLE_VAULT;1.2;AES256;dev\n");
    assertThat(ansibleDoes(new byte[0], "view", "--vault-password-file", "dev.pass", "text"))
        .asString()
        .isEqualTo("a: 1\n");
  }

  @Test
  void aVariableOfAnsibleIsASecretHere() throws Exception {
    byte[] block =
        ansibleDoes(
            "pässwörd 1".getBytes(StandardCharsets.UTF_8),
            "encrypt_string",
            "--vault-id",
            "prod@prod.pass",
            "--stdin-name",
            "db_password");
    Object value =
        YamlFile.parse(new String(block, StandardCharsets.UTF_8), "f.yml", vault())
            .orElseThrow()
            .value();
    assertThat(value).isEqualTo(Map.of("db_password", Secret.of("pässwörd 1")));
  }

  @Test
  void aVariableFromHereIsAVariableThere() throws Exception {
    Peer.require("ansible", "ansible-core");
    Cli.Ran ran =
        cli.execute(
            "pässwörd 2".getBytes(StandardCharsets.UTF_8),
            "vault",
            "encrypt",
            "--name",
            "db_password",
            "--vault-id",
            "prod@" + file("prod.pass"));
    assertThat(ran.exits(0).out()).startsWith("db_password: !vault |\n");
    Files.writeString(directory.resolve("vars.yml"), "before: 1\n" + ran.out() + "after: 2\n");
    Files.writeString(
        directory.resolve("p.yml"),
        """
        - hosts: localhost
          gather_facts: false
          vars_files: vars.yml
          tasks:
            - assert: {that: "db_password == 'pässwörd 2' and after == 2"}
        """);
    peer = Peer.require("ansible-playbook", "ansible-core");
    ansibleDoes(
        new byte[0], "-i", "localhost,", "-c", "local", "--vault-id", "prod@prod.pass", "p.yml");
  }

  /** Every file on a mounted Windows disk has the x bit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2-secret\n",
        "touch ran\n",
        ": > ran; echo other\n",
        "  between blanks \r\n",
        "\u2003 wide blanks are its own \u2003\n",
        "#!\ntouch ran\n",
        "#! \t\ntouch ran",
        "#!PASSWORD_FILE\ntouch ran\n",
        "MZ-begins-as-a-program-of-Windows\n",
        "ELF\n",
      })
  void aPasswordFileThatIsNoProgramIsReadWhateverItsMode(String content) throws Exception {
    Path plain = directory.resolve("plain.pass");
    Path marked = directory.resolve("marked.pass");
    String text = content.replace("PASSWORD_FILE", file("dev.pass"));
    Files.writeString(plain, text);
    Files.writeString(marked, text);
    for (Path file : List.of(marked, directory.resolve("dev.pass"))) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    Files.writeString(directory.resolve("text"), "a: 1\n");
    ansibleDoes(new byte[0], "encrypt", "--vault-password-file", "plain.pass", "text");
    Cli.Ran viewed =
        cli.execute("vault", "view", file("text"), "--vault-password-file", marked.toString());
    assertThat(viewed.exits(0).out()).isEqualTo("a: 1\n");
    assertThat(viewed.err()).doesNotContain(text.strip());
    assertThat(directory.resolve("ran")).doesNotExist();
    assertThat(Path.of("ran")).doesNotExist();
  }

  @Test
  void whatAProgramPrintsIsThePasswordToTheLastBlank() throws Exception {
    Path program = directory.resolve("print.sh");
    Files.writeString(program, "#!/bin/sh\nprintf '\\r\\n  with blanks  \\r\\n\\n'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("text"), "a: 1\n");
    ansibleDoes(new byte[0], "encrypt", "--vault-password-file", "print.sh", "text");
    cli.execute("vault", "decrypt", file("text"), "--vault-password-file", program.toString())
        .exits(0);
    assertThat(directory.resolve("text")).hasContent("a: 1\n");
  }
}
