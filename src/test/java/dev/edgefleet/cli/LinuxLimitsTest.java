package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given a task that cannot be done on a Linux device, then that is said before the run. */
class LinuxLimitsTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void aMixedFleet() {
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  vars: {method: dps_tpm, scope_id: "0ne", registration_id: r}
                  children:
                    linux: {hosts: {gate: , pump: }}
                    windows:
                      vars: {ansible_connection: winrm, iotedge_runtime: windows}
                      hosts: {pack: }
                """);
  }

  private Cli.Ran validate(String tasks, String... more) {
    cli.given("p.yml", "- hosts: all\n  tasks:\n" + tasks.indent(4));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iotedge_install: {}",
        "iotedge_uninstall: {}",
        "eflow_install: {}",
        "eflow_verify: {}",
        "eflow_command: {cmd: x}",
        "eflow_provision: {method: dps_tpm, scope_id: x}"
      })
  void whatIsForWindowsIsRefused(String task) {
    String action = task.substring(0, task.indexOf(':'));
    assertThat(validate("- " + task).exits(2).err())
        .contains("p.yml:3:7", action + " is for Windows devices", "gate, pump")
        .doesNotContain("pack");
    validate("- " + task, "--limit", "windows").exits(0);
    validate("- " + task + "\n  when: iotedge_runtime | default('linux') == 'windows'").exits(0);
    validate("- " + task + "\n  when: ansible_facts.os_family == 'Windows'").exits(0);
  }

  @Test
  void methodsThatLinuxLacksAreRefused() {
    String task =
        "- iotedge_provision: {method: '{{ method }}', scope_id: '{{ scope_id }}',"
            + " registration_id: '{{ registration_id }}'}";
    assertThat(validate(task).exits(2).err())
        .contains(
            "iotedge_provision has on Linux no method dps_tpm, only manual_x509", "gate, pump");
    validate(task, "--limit", "pack").exits(0);
    validate("- iotedge_provision: {iothub_hostname: h, device_id: d}").exits(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connection-string", "dps-symmetric-key", "dps-tpm", "dps-x509"})
  void theShippedPlaybooksSaySo(String method) {
    String[] words = {
      "validate",
      "playbooks/provision-" + method + ".yml",
      "-i",
      directory.resolve("i.yml").toString(),
      "-e",
      "connection_string=c symmetric_key=k certificates=/c",
      "--limit",
      "gate"
    };
    assertThat(cli.execute(words).exits(2).err())
        .contains(
            "has on Linux no method "
                + method.replace('-', '_').replaceFirst("^con", "manual_con"));
    words[words.length - 1] = "pack";
    // That there are no certificates is another matter.
    assertThat(cli.execute(words).err()).doesNotContain("on Linux");
  }
}
