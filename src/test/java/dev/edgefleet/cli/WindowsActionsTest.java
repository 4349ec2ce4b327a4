package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.simulator.windows.WindowsDevice;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generic actions on a Windows device, as a playbook for both kinds of devices has them. */
class WindowsActionsTest {
  private static final String PLAYBOOK =
      """
      - hosts: windows
        become: true
        tasks:
          - {name: family, assert: {that: ansible_facts.os_family == 'Windows'}}
          - {name: directory, file: {path: 'C:\\ProgramData\\app', state: directory}}
          - {name: copy, copy: {content: "text of {{ inventory_hostname }}\\n", dest: 'C:\\ProgramData\\app\\a.txt', mode: "0600"}}
          - {name: copied file, copy: {src: large.bin, dest: 'C:\\ProgramData\\app\\'}}
          - {name: template, template: {src: t.j2, dest: 'C:\\ProgramData\\app\\t.txt'}}
          - {name: line, lineinfile: {path: 'C:\\ProgramData\\app\\l.txt', line: more, create: true}}
          - {name: stat, stat: {path: 'C:\\ProgramData\\app\\a.txt'}, register: found}
          - {name: it is there, assert: {that: found.stat.exists and found.stat.size == 16}}
          - {name: fetch, fetch: {src: 'C:\\ProgramData\\app\\t.txt', dest: "{{ playbook_dir }}/fetched/", flat: true}}
          - {name: command, command: hostname, register: said, changed_when: false}
          - {name: it spoke, assert: {that: said.stdout | lower == 'pack-01'}}
          - {name: shell, shell: Write-Output hello, changed_when: false}
          - {name: service, service: {name: Schedule, state: started}}
          - {name: ping, ping: }
      """;

  @TempDir Path directory;

  private WindowsFleet fleet;
  private Cli cli;
  private WindowsDevice device;

  @BeforeEach
  void start() {
    fleet = WindowsFleet.start(directory);
    cli = new Cli(directory);
    device = fleet.device(WindowsFleet.WINDOWS);
    cli.given("large.bin", "x".repeat(300_000));
    cli.given("t.j2", "{{ 40 + 2 }}\n");
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void workAsOnLinuxAndChangeNothingTheSecondTime() {
    cli.given("p.yml", PLAYBOOK);
    Cli.Ran first = cli.execute(fleet.words(directory + "/p.yml")).exits(0);
    assertThat(first.changed()).isEqualTo(6);
    assertThat(device.file("C:\\ProgramData\\app\\a.txt")).hasContent("text of pack-01\n");
    assertThat(device.file("C:\\ProgramData\\app\\large.bin")).hasSize(300_000);
    assertThat(directory.resolve("fetched/t.txt")).hasContent("42\n");

    Cli.Ran second = cli.execute(fleet.words(directory + "/p.yml")).exits(0);
    assertThat(second.changed()).as(second.out()).isZero();
  }

  @Test
  void aRestartIsWaitedFor() {
    cli.given("p.yml", "- hosts: windows\n  tasks: [{reboot: }, {ping: }]\n");
    String before = device.model().bootId();
    cli.execute(fleet.words(directory + "/p.yml")).exits(0);
    assertThat(device.model().bootId()).isNotEqualTo(before);
  }

  @Test
  void whatIsForLinuxIsRefusedWithItsReason() {
    cli.given("p.yml", "- hosts: windows\n  tasks: [{shell: {cmd: ls, executable: /bin/bash}}]\n");
    assertThat(cli.execute(fleet.words(directory + "/p.yml")).exits(3).out())
        .contains("/bin/bash, which the device does not have")
        .contains("powershell");
    cli.given("p.yml", "- {hosts: windows, become: true, become_user: svc, tasks: [{ping: }]}\n");
    assertThat(cli.execute(fleet.words(directory + "/p.yml")).exits(3).out())
        .contains("become_user is svc");
  }

  @Test
  void aWrongPasswordIsNotALostDevice() {
    cli.given("p.yml", "- hosts: windows\n  tasks: [{ping: }]\n");
    assertThat(
            cli.execute(fleet.words(directory + "/p.yml", "-e", "ansible_password=wrong-word"))
                .exits(4)
                .out())
        .contains("edge")
        .doesNotContain("wrong-word");
  }

  @Test
  void aCertificateThatNobodyTrustsIsShown() {
    cli.given("p.yml", "- hosts: windows\n  tasks: [{ping: }]\n");
    String wrong = "0".repeat(64);
    assertThat(
            cli.execute(
                    fleet.words(directory + "/p.yml", "-e", "edgefleet_winrm_fingerprint=" + wrong))
                .exits(4)
                .out()
                .replace(":", "")
                .toLowerCase(Locale.ROOT))
        .contains(fleet.devices().fingerprint());
  }
}
