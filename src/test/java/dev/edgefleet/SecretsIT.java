package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.lab.Lab;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.secret.VaultPassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets wherever a fleet has them, runs the packaged program against real devices, and
 * looks for every one of them, in every form, in everything that came of it. A marker travels the
 * same ways as the secrets and is no secret: that it is found shows that they would be.
 */
class SecretsIT {
  private static final String MARKER = "marker-8f2a61";

  /** The lock, and what is sealed with the user's key: no control is to be read in these. */
  private static final Pattern NOTHING_TO_READ =
      Pattern.compile("/(lock|request|kept\\.db|frozen/[^ ]+)$");

  private static Lab lab;

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  Path directory;

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Set<String> processes = new ConcurrentSkipListSet<>();

  @BeforeAll
  static void boot() {
    lab = Lab.up(2, Lab.CONFIG);
  }

  @AfterAll
  static void halt() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void plant() throws Exception {
    Vault vault =
        Vault.of(
            List.of(new VaultPassword("plant", Secret.of(planted("vault password", "vault-")))),
            secret -> {});
    given("vault.pass", secrets.get("vault password") + "\n");
    Files.setPosixFilePermissions(
        directory.resolve("vault.pass"), PosixFilePermissions.fromString("rw-------"));
    keyWithPassphrase();
    given("extra.yml", encrypted(vault, variables("extra", "loop", "debug", "no log")));
    given(
        "vars.yml",
        encrypted(
            vault,
            variables(
                "file",
                "environment",
                "stdin",
                "stdout",
                "stderr",
                "failing",
                "attribute",
                "parameter",
                "template",
                "set fact",
                "concatenated",
                "base64",
                "url",
                "upper",
                "json",
                "condition",
                "assert",
                "template file")));
    secrets.put("connection string", Base64.getEncoder().encodeToString(random(32)));
    for (String key : List.of("key by content", "key by src", "key of the vault")) {
      secrets.put(key, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(random(120)));
    }
    given("plain.key", pem(secrets.get("key by src")));
    given("vaulted.key", encrypted(vault, pem(secrets.get("key of the vault"))));
    given("file.j2", "# {{ marker }}\nkey={{ s_template_file }}\n");
    given("i.yml", inventory(vault));
    given("p.yml", PLAYBOOK.replace("@KEY@", pem(secrets.get("key by content")).indent(10)));
    Files.createDirectories(directory.resolve("tmp"));
    given("tmp/control", MARKER);
    secrets.put("login and sudo password", lab.adminPassword().reveal());
    lab.devices().forEach(device -> lab.ssh(device, "sudo rm -rf /run/samples /run/stop"));
  }

  private String planted(String name, String start) {
    // Characters that every way of quoting treats in its own way.
    secrets.put(name, start + Base64.getUrlEncoder().encodeToString(random(9)) + "é'\"/+ %&");
    return secrets.get(name);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static String pem(String body) {
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private void given(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static String encrypted(Vault vault, String text) {
    return vault.encrypt(text.getBytes(StandardCharsets.UTF_8), "plant");
  }

  private String variables(String... names) throws IOException {
    StringBuilder variables = new StringBuilder();
    for (String name : names) {
      variables
          .append("s_")
          .append(name.replace(' ', '_'))
          .append(": ")
          .append(new ObjectMapper().writeValueAsString(planted(name, name + "-")))
          .append('\n');
    }
    return variables.toString();
  }

  private void keyWithPassphrase() throws Exception {
    Files.copy(lab.key(), directory.resolve("id"));
    Process process =
        new ProcessBuilder(
                Peer.require("ssh-keygen", "openssh-client").toString(),
                "-q",
                "-p",
                "-P",
                "",
                "-N",
                planted("passphrase", "phrase-"),
                "-f",
                directory.resolve("id").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private String inventory(Vault vault) throws IOException {
    ObjectMapper json = new ObjectMapper();
    String inline = encrypted(vault, planted("inline", "inline-")).indent(6);
    return """
        all:
          vars:
            inline: !vault |
        %s
            device_connection_string: "HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey=%s"
          children:
            main:
              hosts:
                edge1: {ansible_host: %s, ansible_user: operator, ansible_ssh_private_key_file: %s}
                edge2: {ansible_host: %s, ansible_user: admin, ansible_password: %6$s, ansible_become_password: %6$s}
            refused:
              hosts:
                gone: {ansible_host: 127.0.0.1, ansible_port: 1, ansible_user: %9$s, ansible_password: %7$s}
                wrong-login: {ansible_host: %3$s, ansible_user: admin, ansible_password: %8$s}
                wrong-sudo: {ansible_host: %3$s, ansible_user: admin, ansible_password: %6$s, ansible_become_password: %10$s}
        """
        .formatted(
            inline,
            secrets.get("connection string"),
            lab.address("edge1"),
            directory.resolve("id"),
            lab.address("edge2"),
            json.writeValueAsString(lab.adminPassword().reveal()),
            json.writeValueAsString(planted("password of nobody", "gone-")),
            json.writeValueAsString(planted("wrong login password", "login-")),
            MARKER,
            json.writeValueAsString(planted("wrong sudo password", "sudo-")));
  }

  // Steps that hold a secret in a process take a while, so that it can be seen there.
  private static final String PLAYBOOK =
      """
      - name: Use them
        hosts: main
        become: true
        gather_facts: false
        vars_files: [vars.yml]
        vars:
          mapping: {secret: "{{ s_attribute }}"}
          made: "{{ 'Bearer ' ~ s_concatenated }}"
          key: |
      @KEY@
        tasks:
          - command: sh -c 'sleep 0.3; logger {{ marker }}; true {{ marker }}'
          - file: {path: /srv/planted, state: directory, mode: "0700"}
          - name: inline {{ inline }} {{ marker }}
            copy: {content: "{{ inline }} {{ marker }}\\n", dest: /srv/planted/inline}
          - copy: {content: "{{ s_file }} {{ marker }}\\n", dest: /srv/planted/file}
          - shell: printf '%s %s' "$TOKEN" "$MARKER"; sleep 0.3
            environment: {TOKEN: "{{ s_environment }}", MARKER: "{{ marker }}"}
          - command: {argv: [sh, -c, cat; sleep 0.3], stdin: "{{ s_stdin }} {{ marker }}"}
          - copy: {content: "{{ s_stdout }}", dest: /srv/planted/stdout}
          - command: sh -c 'cat /srv/planted/stdout; base64 /srv/planted/stdout; sleep 0.3'
            register: printed
          - copy: {content: "{{ s_stderr }}", dest: /srv/planted/stderr}
          - command: sh -c 'cat /srv/planted/stderr >&2; od -An -v -tx1 /srv/planted/stderr | tr -d " " >&2'
          - copy: {content: "{{ s_failing }}", dest: /srv/planted/failing}
          - command: sh -c 'cat /srv/planted/failing; echo {{ marker }}; exit 3'
            ignore_errors: true
          - debug: {msg: "{{ mapping.sceret }}"}
            ignore_errors: true
          - file: {path: /srv/planted/x, state: directory, mode: "{{ s_parameter }}"}
            ignore_errors: true
          - debug: {msg: "{{ s_template | from_json }}"}
            ignore_errors: true
          - fail: {msg: "{{ s_assert }} {{ marker }}"}
            ignore_errors: true
          - template: {src: file.j2, dest: /srv/planted/template}
          - command: cat /srv/planted/template
          - set_fact: {kept: "{{ s_set_fact }}"}
          - debug: {var: kept}
          - debug: {var: made}
          - debug: {msg: "{{ s_base64 | b64encode }} {{ ('x' ~ s_base64) | b64encode }} {{ marker }}"}
          - debug: {msg: "{{ s_url | urlencode }}"}
          - debug: {msg: "{{ s_upper | upper }} {{ s_upper | reverse }} {{ marker }}"}
          - debug: {msg: "{{ {'a': s_json} | tojson }}"}
          - debug: {msg: "{{ printed.stdout }}"}
            when: printed is not skipped
          - debug: {var: printed}
          - debug: {msg: "{{ item }}"}
            loop: ["{{ s_loop }}", "{{ marker }}"]
          - debug: {msg: "{{ s_debug }} {{ s_extra }} {{ inline }}"}
          - debug: {msg: "{{ s_condition }}"}
            when: s_condition == 'something else'
          - shell: printf %s {{ s_no_log | quote }}; sleep 0.3; exit 1
            no_log: true
            ignore_errors: true
          - copy: {content: "{{ key }}", dest: /srv/planted/key}
          - copy: {src: plain.key, dest: /srv/planted/plain.key}
          - copy: {src: vaulted.key, dest: /srv/planted/vaulted.key}
          - command: cat /srv/planted/key /srv/planted/plain.key /srv/planted/vaulted.key
          - command: cut -c 1-60 /srv/planted/vaulted.key
          - copy: {content: "{{ device_connection_string }} {{ marker }}\\n", dest: /srv/planted/cs}
          - command: cat /srv/planted/cs
          - debug: {msg: "the end of {{ inventory_hostname }}"}
      - name: Refuse them
        hosts: refused
        become: true
        gather_facts: false
        tasks:
          - file: {path: /srv, state: directory}
      """;

  @Test
  void noSecretIsInAnythingThatComesOfARun() throws Exception {
    secrets.put("in capitals", secrets.get("upper").toUpperCase(Locale.ROOT));
    secrets.put("backwards", new StringBuilder(secrets.get("upper")).reverse().toString());
    Leaks leaks = new Leaks(secrets);
    Leaks control = new Leaks(Map.of("control", MARKER));
    assertThat(secrets.size()).isGreaterThanOrEqualTo(20);
    List<Thread> samplers = lab.devices().stream().map(this::sampleDevice).toList();
    Thread controller = Thread.ofPlatform().daemon().start(this::sampleController);

    Map<String, byte[]> places = new LinkedHashMap<>();
    places.putAll(run("check", "--check", "--diff", "-v"));
    places.putAll(run("first", "-v", "--diff", "--debug"));
    places.putAll(run("second", "--json", "--diff"));

    controller.interrupt();
    controller.join();
    lab.devices().forEach(device -> lab.ssh(device, "sudo touch /run/stop"));
    for (Thread sampler : samplers) {
      sampler.join();
    }
    places.put(
        "processes of the controller",
        String.join("\n", processes).getBytes(StandardCharsets.UTF_8));
    for (String device : lab.devices()) {
      places.put("processes of " + device, bytes(lab.ssh(device, "sudo cat /run/samples")));
      places.put(
          "journal of " + device, bytes(lab.ssh(device, "sudo journalctl --no-pager -o cat")));
    }

    List<String> found = new ArrayList<>();
    places.forEach(
        (place, content) -> leaks.in(content).forEach(leak -> found.add(place + ": " + leak)));
    assertThat(found).isEmpty();
    for (String run : List.of("first", "second", "check")) {
      assertThat(new String(places.get(run + " stdout"), StandardCharsets.UTF_8))
          .as("every secret got its turn")
          .contains("the end of edge1", "the end of edge2")
          .contains("wrong-login", "wrong-sudo", "gone");
    }
    for (String device : lab.devices()) {
      assertThat(filesWith(device, leaks)).as("files left on " + device).isEmpty();
    }

    places.forEach(
        (place, content) -> {
          if (!place.endsWith("check stderr")
              && !place.endsWith("second stderr")
              && !NOTHING_TO_READ.matcher(place).find()) {
            assertThat(control.in(content)).as("the control in " + place).isNotEmpty();
          }
        });
    lab.ssh("edge1", "echo " + MARKER + " >/tmp/control");
    assertThat(filesWith("edge1", control)).contains("/tmp/control");
    // The secrets did get to where they were meant for.
    assertThat(bytes(lab.ssh("edge1", "sudo sh -c 'cat /srv/planted/*'")))
        .satisfies(
            content ->
                assertThat(leaks.in(content).toString())
                    .contains(
                        "inline",
                        "file",
                        "stdout",
                        "stderr",
                        "failing",
                        "key by content",
                        "key by src",
                        "key of the vault",
                        "connection string"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Runs the program; what it printed and every file that it left. */
  private Map<String, byte[]> run(String name, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(Program.command("-Djava.io.tmpdir=" + directory.resolve("tmp")));
    words.addAll(
        List.of(
            "run",
            directory.resolve("p.yml").toString(),
            "-i",
            directory.resolve("i.yml").toString(),
            "--known-hosts",
            lab.knownHosts().toString(),
            "--vault-id",
            "plant@" + directory.resolve("vault.pass"),
            "-e",
            "@" + directory.resolve("extra.yml"),
            "-e",
            "marker=" + MARKER,
            "--runs",
            directory.resolve(name).toString()));
    words.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(directory.resolve(name + " stdout").toFile())
            .redirectError(directory.resolve(name + " stderr").toFile());
    builder.environment().put("EDGEFLEET_KEY_PASSPHRASE", secrets.get("passphrase"));
    builder.environment().remove("SSH_AUTH_SOCK");
    // So that every run has something to change, and differences to show.
    lab.devices().forEach(device -> lab.ssh(device, "sudo rm -rf /srv/planted"));
    int exitCode = builder.start().waitFor();
    Map<String, byte[]> places = new LinkedHashMap<>();
    for (String stream : List.of(name + " stdout", name + " stderr")) {
      places.put(stream, Files.readAllBytes(directory.resolve(stream)));
    }
    assertThat(exitCode)
        .as(() -> new String(places.get(name + " stderr"), StandardCharsets.UTF_8))
        .isIn(3, 4);
    for (Path root : List.of(directory.resolve(name), directory.resolve("tmp"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          places.put(name + " " + root.relativize(file), Files.readAllBytes(file));
        }
      }
    }
    return places;
  }

  private Thread sampleDevice(String device) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () ->
                lab.ssh(
                    device,
                    """
                    sudo sh -c 'while [ ! -e /run/stop ]; do cat /proc/[0-9]*/cmdline 2>/dev/null; sleep 0.05; done \\
                      | tr "\\0" "\\n" | awk "!seen[\\$0]++" >/run/samples'
                    """));
  }

  private void sampleController() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Stream<Path> all = Files.list(Path.of("/proc"))) {
        all.filter(path -> path.getFileName().toString().matches("\\d+"))
            .forEach(
                process -> {
                  try {
                    processes.add(
                        Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
                  } catch (IOException | UncheckedIOException gone) {
                    // Processes end while they are listed.
                  }
                });
        Thread.sleep(50);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException enough) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Files of a device that hold one of these, but for those that are meant to. */
  private static Set<String> filesWith(String device, Leaks leaks) {
    return new TreeSet<>(
        lab.run(
                device,
                "sudo grep -raslF -f - /tmp /var/tmp /dev/shm /var/lib/edgefleet /var/log /root"
                    + " /home /run/user",
                leaks.patterns())
            .stdout()
            .lines()
            .toList());
  }
}
