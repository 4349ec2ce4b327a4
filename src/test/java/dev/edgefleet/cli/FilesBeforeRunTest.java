package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Given files of the controller that a run would send, then what is wrong with them is found for
 * the whole fleet before the first device is touched.
 */
class FilesBeforeRunTest {
  private static final String CONFIG =
      """
      - hosts: all
        tasks:
          - iotedge_config:
              iothub_hostname: hub.azure-devices.net
              device_id: "{{ inventory_hostname }}"
              identity_cert_src: "certs/{{ inventory_hostname }}.pem"
              identity_pk_src: "certs/{{ inventory_hostname }}.key"
              identity_cert: /c
              identity_pk: /k
      """;

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void inventory() {
    cli = new Cli(directory).given("i.yml", "all: {hosts: {one: , two: , three: }}\n");
  }

  private Cli.Ran validate(String playbook, String... more) {
    cli.given("p.yml", playbook);
    List<String> words =
        new ArrayList<>(
            List.of(
                "validate",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString()));
    words.addAll(List.of(more));
    return cli.execute(words.toArray(String[]::new));
  }

  private Cli.Ran tasks(String tasks, String... more) {
    return validate("- hosts: all\n  tasks:\n" + tasks.indent(4), more);
  }

  private void openssl(String words) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ", -1)));
    Files.createDirectories(directory.resolve("certs"));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.resolve("certs").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private void identity(String name, String subject, String options) throws Exception {
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN="
            + subject
            + " -addext basicConstraints=CA:false -keyout "
            + name
            + ".key -out "
            + name
            + ".pem "
            + options);
  }

  @Test
  void anEmptyDirectoryOfCertificates() throws Exception {
    Files.createDirectories(directory.resolve("certs"));
    String err = validate(CONFIG).exits(2).err();
    assertThat(err)
        .contains("p.yml:6:")
        .contains("there is no file 'certs/one.pem' on the controller")
        .contains("(likewise for two, three)")
        .contains("there is no file 'certs/one.key'")
        .contains("-> correct the name, or put the file at " + directory.resolve("certs/one.pem"))
        .contains("2 problems; no device was touched.");
    assertThat(cli.run().exits(2).err()).isEqualTo(err);
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void allThatIsWrongWithCertificatesAtOnce() throws Exception {
    identity("one", "one", "-days 300");
    identity("two", "two", "-days 300");
    identity("three", "other", "-days 300");
    openssl("req -new -key one.key -subj /CN=one -out one.csr");
    openssl("x509 -req -in one.csr -signkey one.key -days -1 -out one.pem");
    openssl("pkcs8 -topk8 -in two.key -passout pass:1234 -out two.locked");
    Files.move(
        directory.resolve("certs/two.locked"),
        directory.resolve("certs/two.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String err = validate(CONFIG).exits(2).err();
    Path certs = directory.resolve("certs");
    assertThat(err)
        .contains(certs.resolve("one.pem") + ": error: the certificate (CN=one) expired at ")
        .contains(
            certs.resolve("two.key") + ": error: the private key is encrypted; the IoT Edge daemon")
        .contains("named at " + directory.resolve("p.yml") + ":6:")
        .contains("openssl pkey -in " + certs.resolve("two.key"))
        .contains("2 problems; no device was touched.");
  }

  @Test
  void theSameMistakeOfManyDevicesIsOne() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      identity(name, name, "-days 300");
      Files.writeString(directory.resolve("certs/" + name + ".key"), "");
    }
    assertThat(validate(CONFIG).exits(2).err())
        .containsOnlyOnce("error: ")
        .contains("one.key: error: it is empty")
        .contains("likewise for two, three)");
  }

  @Test
  void aForeignNameIsAWarningAndARunSaysItToo() throws Exception {
    identity("one", "one", "-days 300");
    identity("two", "zwei", "-days 300");
    identity("three", "drei", "-days 300");
    Cli.Ran ran = validate(CONFIG).exits(0);
    assertThat(ran.out()).startsWith("ok: ");
    assertThat(ran.err())
        .containsOnlyOnce("warning: ")
        .contains(
            "two.pem: warning: the certificate's common name is `zwei`, the device id is `two`")
        .contains("likewise for three)");
    cli.given("local.yml", "all: {vars: {ansible_connection: local}, hosts: {one: , two: }}\n");
    Cli.Ran run =
        cli.execute(
            "run",
            directory.resolve("p.yml").toString(),
            "-i",
            directory.resolve("local.yml").toString(),
            "--check",
            "--runs",
            directory.resolve("runs").toString());
    assertThat(run.events())
        .filteredOn(RunEvent.RunWarned.class::isInstance)
        .singleElement()
        .asString()
        .contains("common name is `zwei`");
    assertThat(run.report("report.json")).contains("common name is `zwei`");
  }

  @Test
  void weakKeys() throws Exception {
    openssl("req -x509 -newkey rsa:1024 -nodes -subj /CN=one -keyout one.key -out one.pem -days 9");
    Cli.Ran ran = validate(CONFIG, "--limit", "one").exits(0);
    assertThat(ran.err()).contains("RSA of 1024 bits").contains("expires at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certs/{{ ansible_hostname }}.pem",
        "certs/{{ ansible_hostname | default('none') }}.pem",
        "{{ looked.stdout }}",
        "{{ found | default('none') }}",
        "{{ hostvars['one'].x | default('none') }}",
      })
  void whatIsKnownOnlyOnTheWayIsLeftOutInSilence(String src) {
    tasks(
            "- command: x\n  register: looked\n- set_fact: {found: a}\n- copy: {src: \""
                + src
                + "\", dest: /x}\n")
        .exits(0);
    tasks(
            """
            - command: x
              register: looked
            - copy: {src: "{{ inventory_hostname }}.none", dest: /x}
              when: looked.rc == 0
            """)
        .exits(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- command: make-it {{ inventory_hostname }}\n  delegate_to: localhost\n",
        "- fetch: {src: /etc/x, dest: made/}\n",
      })
  void whatAnEarlierTaskMakesOnTheControllerIsNotMissedBefore(String maker) {
    String user = "- copy: {src: \"made/{{ inventory_hostname }}\", dest: /x}\n";
    tasks(maker + user).exits(0);
    tasks(user + maker).exits(2);
    tasks("- command: make-it {{ inventory_hostname }}\n" + user).exits(2);
    validate(
            "- hosts: localhost\n  tasks:\n    - command: make-all\n- hosts: all\n  tasks:\n"
                + user.indent(4))
        .exits(0);
  }

  @Test
  void eachDeviceHasItsOwnVariables() {
    cli.given("i.yml", "all: {hosts: {one: {f: a.txt}, two: {f: none.txt}, three: {f: a.txt}}}\n");
    cli.given("a.txt", "a");
    assertThat(tasks("- copy: {src: \"{{ f }}\", dest: /x}\n").exits(2).err())
        .contains("p.yml:3:19: error: there is no file 'none.txt' on the controller")
        .contains("(for two)")
        .containsOnlyOnce("error:");
    tasks("- copy: {src: \"{{ f }}\", dest: /x}\n  when: f != 'none.txt'\n").exits(0);
    tasks("- copy: {src: \"{{ f }}\", dest: /x}\n", "--limit", "one").exits(0);
    tasks("- copy: {src: \"{{ playbook_dir }}/a.txt\", dest: /x}\n").exits(0);
    tasks("- copy: {src: \"{{ f }}\", dest: /x}\n", "-e", "f=a.txt").exits(0);
  }

  @Test
  void turnsOfALoop() {
    cli.given("a.txt", "a");
    assertThat(
            tasks("- copy: {src: \"{{ item }}\", dest: /x}\n  loop: [a.txt, b.txt, c.txt]\n")
                .exits(2)
                .err())
        .contains("'b.txt'")
        .doesNotContain("'a.txt' on");
  }

  @Test
  void templatesAreParsed() {
    cli.given("templates/t.j2", "a\n{% if x %}\n");
    assertThat(tasks("- template: {src: t.j2, dest: /x}\n").exits(2).err())
        .contains("templates/t.j2: error: ")
        .containsOnlyOnce("error:");
    cli.given("templates/t.j2", "{{ a | nosuchfilter }}\n");
    assertThat(tasks("- template: {src: t.j2, dest: /x}\n").exits(2).err())
        .contains("nosuchfilter");
  }

  @Test
  void filesOfOtherActions() throws Exception {
    Files.createDirectories(directory.resolve("empty"));
    assertThat(tasks("- iotedge_install: {offline: empty}\n").exits(2).err())
        .contains("holds no microsoft-azure-iotedge*.cab");
    assertThat(tasks("- script: none.sh -x\n").exits(2).err()).contains("'none.sh'");
    assertThat(tasks("- script: empty\n").exits(2).err()).contains("is a directory");
    assertThat(tasks("- eflow_copy: {src: none, dest: /x}\n").exits(2).err()).contains("'none'");
    assertThat(tasks("- eflow_install: {msi: none.msi}\n").exits(2).err()).contains("'none.msi'");
  }

  @Test
  void anEncryptedFileNeedsItsPassword() throws IOException {
    cli.given("pass", "open sesame\n").given("f", "plain\n");
    Path pass = directory.resolve("pass");
    cli.execute(
            "vault",
            "encrypt",
            directory.resolve("f").toString(),
            "--vault-password-file",
            pass.toString())
        .exits(0);
    assertThat(tasks("- copy: {src: f, dest: /x}\n").exits(2).err()).contains("Ansible Vault");
    tasks("- copy: {src: f, dest: /x}\n", "--vault-password-file", pass.toString()).exits(0);
  }

  @Test
  void aVariableThatLacksTheSameIsNoWayOut() {
    assertThat(
            validate(
                    """
                    - hosts: all
                      vars: {certificate: "{{ certificates }}/a"}
                      tasks:
                        - debug: {msg: "{{ certificate }}"}
                    """)
                .exits(2)
                .err())
        .contains("the variable 'certificate' needs 'certificates', which is not defined")
        .contains("-> set it in the inventory, in the play's vars, or with -e certificates=");
  }
}
