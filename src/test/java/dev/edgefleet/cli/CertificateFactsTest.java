package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.simulator.DemoIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Given a certificate that is installed, then what it says is told, and not its base64. */
class CertificateFactsTest {
  @TempDir Path directory;
  private Cli cli;
  private Path target;

  @BeforeEach
  void identities() {
    DemoIdentities.make(directory, List.of("old", "new"));
    target = directory.resolve("installed.pem");
    cli =
        new Cli(directory)
            .given("i.yml", "all: {hosts: {one: {ansible_connection: local}}}\n")
            .given(
                "p.yml",
                """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - copy: {src: new.cert.pem, dest: "TARGET", mode: "0644"}
                      register: copied
                    - debug: {msg: "{{ copied.certificate_subject }} {{ copied.certificate_sha256 }}"}
                """
                    .replace("TARGET", target.toString()));
  }

  @Test
  void aDiffComparesWhatTheCertificatesSay() throws IOException {
    Files.copy(directory.resolve("old.cert.pem"), target, StandardCopyOption.REPLACE_EXISTING);
    String out = cli.run("--check", "--diff").exits(0).out();
    assertThat(out)
        .contains("-certificate CN=old", "+certificate CN=new")
        .contains("valid ", "SHA-1 ", "SHA-256 ")
        .doesNotContain("BEGIN CERTIFICATE");
    assertThat(target).hasSameTextualContentAs(directory.resolve("old.cert.pem"));
  }

  @Test
  void theyAreRegisteredAndInTheReport() throws IOException {
    Cli.Ran ran = cli.run("--json").exits(0);
    Matcher said =
        Pattern.compile("CN=new ([0-9A-F]{64})").matcher(ran.steps("one").getLast().message());
    assertThat(said.find()).isTrue();
    assertThat(ran.out()).contains("\"certificate_sha256\":\"" + said.group(1) + "\"");
    assertThat(ran.report("report.json"))
        .contains("\"certificate_sha256\"", said.group(1), "certificate_not_after");
  }
}
