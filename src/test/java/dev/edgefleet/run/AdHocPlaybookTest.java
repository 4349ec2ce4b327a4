package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.cli.adhoc.FleetStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exec} and {@code status} against embedded devices. */
class AdHocPlaybookTest {
  @TempDir Path directory;
  private EmbeddedFleet fleet;
  private Cli cli;

  @BeforeEach
  void threeDevices() {
    fleet = EmbeddedFleet.start(directory.resolve("fleet"), List.of("one", "two", "three"));
    StringBuilder hosts = new StringBuilder();
    fleet
        .ports()
        .forEach(
            (name, port) ->
                hosts.append(
                    "    %s: {ansible_port: %d, word: secret-of-%s}\n"
                        .formatted(name, port, name)));
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  vars:
                    ansible_host: 127.0.0.1
                    ansible_user: %s
                    ansible_ssh_private_key_file: %s
                  hosts:
                %s"""
                    .formatted(fleet.user(), fleet.clientKey(), hosts));
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private Cli.Ran run(String command, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                "-i",
                directory.resolve("i.yml").toString(),
                "--known-hosts",
                fleet.knownHosts().toString()));
    if (command.equals("exec")) {
      words.addAll(List.of("--runs", directory.resolve("runs").toString()));
    }
    words.addAll(List.of(more));
    return cli.execute(words.toArray(String[]::new));
  }

  @Test
  void aLimitLeavesOthersOut() {
    cli.given("some", "# of today\ntwo\nthree\n");
    String file = "@" + directory.resolve("some");
    assertThat(run("exec", "--limit", file, "all", "--", "echo", "x").exits(0).out())
        .contains("two, three (2 devices):\n  x\n")
        .doesNotContain("one");
    assertThat(run("exec", "all:!two", "-l", file, "--", "echo", "x").exits(0).out())
        .contains("three:")
        .doesNotContain("one", "two");
    assertThat(run("exec", "one", "--limit", "t*", "--", "echo", "x").exits(2).err())
        .contains("no device is in both 'one' and --limit 't*'");
    assertThat(run("status", "--limit", "one", "--format", "csv").out())
        .contains("one,")
        .doesNotContain("two,");
    assertThat(run("exec", "all", "--limit", "fuor", "--", "true").exits(2).err()).contains("fuor");
  }

  @Test
  void theSameOutputIsPrintedOnce() {
    Cli.Ran ran = run("exec", "all", "--", "echo", "a  b", "{{ inventory_hostname }}", "$HOME");
    assertThat(ran.exits(0).out())
        .contains("one, two, three (3 devices):\n  a  b {{ inventory_hostname }} $HOME\n")
        .contains("3 devices: 3 changed");
    assertThat(ran.report("report.json")).contains("\"exec\"");
  }

  @Test
  void oneWordWithSpacesIsAShellLine() {
    Cli.Ran ran = run("exec", "one", "--", "echo x | tr x y; echo oops >&2; exit 3");
    assertThat(ran.exits(3).out())
        .contains("one, exit code 3:\n  y\n  oops\n")
        .contains("the shell line ended with exit code 3");
  }

  @Test
  void longOutputIsWhole() {
    assertThat(run("exec", "two", "--", "seq", "3000").exits(0).out())
        .contains("\n  1\n")
        .contains("\n  3000\n");
  }

  @Test
  void aRecordedCommandLineIsMaskedByTheInventorysVault() throws Exception {
    cli.given("pass", "of-the-vault").given("word", "sealed-word");
    String word = directory.resolve("word").toString();
    String[] vault = {"--vault-password-file", directory.resolve("pass").toString()};
    cli.execute("vault", "encrypt", word, vault[0], vault[1]).exits(0);
    String sealed = Files.readString(directory.resolve("word")).indent(6);
    cli.given(
        "i.yml",
        "all:\n  vars:\n    ansible_connection: local\n    w: !vault |\n"
            + sealed
            + "  hosts: {one: }\n");
    Cli.Ran exec = run("exec", vault[0], vault[1], "all", "--", "echo", "sealed-word");
    assertThat(words(exec.exits(0))).contains("echo", "***");
    cli.given(
        "p.yml",
        "- {hosts: all, tasks: [{debug: {msg: x}}, {debug: {msg: y}, tags: [sealed-word]}]}\n");
    Cli.Ran ran = cli.run(vault[0], vault[1], "--skip-tags", "sealed-word");
    assertThat(words(ran.exits(0))).contains("--skip-tags", "***");
  }

  private static List<String> words(Cli.Ran ran) {
    return ((RunEvent.RunStarted) ran.events().getFirst()).command();
  }

  @Test
  void anUnknownPatternIsBadInput() {
    assertThat(run("exec", "onne", "--", "true").exits(2).err()).contains("did you mean 'one'?");
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void statusOfDevicesThatRunNothing() throws Exception {
    Cli.Ran ran = run("status", "--format", "json");
    JsonNode devices = new ObjectMapper().readTree(ran.out()).get("devices");
    assertThat(devices).hasSize(3);
    // The daemon of an embedded device is not provisioned at first.
    assertThat(devices.get(0).get("device").asText()).isEqualTo("one");
    assertThat(devices.get(0).get("result").asText()).isEqualTo("failed");
    assertThat(devices.get(0).get("error").asText()).isNotEmpty();
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  private static final String PROVISION =
      """
      touch $PWD/cert.pem $PWD/key.pem
      sed -i '/^provisioning:/,/^[^ #]/{/^provisioning:/d;/^  /d}' etc/iotedge/config.yaml
      cat >>etc/iotedge/config.yaml <<EOF
      provisioning:
        source: "manual"
        authentication:
          method: "x509"
          iothub_hostname: "h.azure-devices.net"
          device_id: "two"
          identity_cert: "file://$PWD/cert.pem"
          identity_pk: "file://$PWD/key.pem"
      EOF
      systemctl restart iotedge
      """;

  @Test
  void statusShowsModulesAsTableAndAsCsv() {
    run("exec", "two", "--", PROVISION).exits(0);
    assertThat(run("status").exits(3).out())
        .contains("DEVICE  MODULE")
        .containsPattern("two +edgeAgent +running")
        .containsPattern("one +- +failed")
        .contains("1 of 3 devices answered, 2 of 2 modules running");
    assertThat(run("status", "two", "--format", "csv").exits(0).out().lines().toList())
        .hasSize(3)
        .first()
        .isEqualTo("device,result,module,status,description,image,error");
    assertThat(run("status", "two", "--format", "json").exits(0).out())
        .contains("\"name\" : \"edgeHub\"");
  }

  @Test
  void aSpreadsheetRunsNothingOfWhatADeviceSays() {
    FleetStatus.Module module = new FleetStatus.Module("=cmd", "failed", "Exited, \"1\"", "x:1");
    FleetStatus status =
        new FleetStatus(List.of(new FleetStatus.Entry("one", "ok", "", "", List.of(module))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    status.csv(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().getLast())
        .isEqualTo("one,ok,'=cmd,failed,\"Exited, \"\"1\"\"\",x:1,");
  }
}
