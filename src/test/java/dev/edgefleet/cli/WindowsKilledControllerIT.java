package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.run.Controller;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.WindowsDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link KilledControllerIT}, for the actions that a Windows device or an EFLOW host has. */
class WindowsKilledControllerIT {
  private static final String WINDOWS =
      """
      - hosts: windows
        gather_facts: false
        vars: {app: 'C:\\ProgramData\\app'}
        tasks:
          - {name: file, file: {path: "{{ app }}", state: directory}}
          - {name: copy, copy: {content: "text\\n", dest: '{{ app }}\\copy.txt', backup: true}}
          - {name: template, template: {src: t.j2, dest: '{{ app }}\\template.txt'}}
          - {name: lineinfile, lineinfile: {path: '{{ app }}\\copy.txt', line: more}}
          - {name: fetch, fetch: {src: '{{ app }}\\copy.txt', dest: "{{ playbook_dir }}/fetched/"}}
          - {name: stat, stat: {path: '{{ app }}\\copy.txt'}}
          - {name: setup, setup: }
          - {name: command creates, command: {argv: [powershell, -Command, 'Add-Content {{ app }}\\creates x'], creates: '{{ app }}\\creates'}}
          - {name: command job, command: {argv: [powershell, -Command, 'Add-Content {{ app }}\\command x'], job: true}}
          - {name: shell job, shell: {cmd: 'Add-Content {{ app }}\\shell x', job: true}}
          - {name: script job, script: {cmd: s.ps1, job: true}}
          - {name: service, service: {name: Schedule, state: restarted}}
          - {name: reboot, reboot: }
          - {name: wait_for_connection, wait_for_connection: }
          - {name: ping, ping: }
          - {name: iotedge_install, iotedge_install: {offline: "{{ iotedge_packages }}", reboot: true}}
          - name: iotedge_provision
            iotedge_provision:
              iothub_hostname: "{{ iothub_hostname }}"
              device_id: "{{ inventory_hostname }}"
              identity_cert_src: "{{ certificates }}/{{ inventory_hostname }}.cert.pem"
              identity_pk_src: "{{ certificates }}/{{ inventory_hostname }}.key.pem"
          - {name: iotedge_verify, iotedge_verify: }
          - {name: iotedge_list, iotedge_list: }
          - {name: iotedge_uninstall, iotedge_uninstall: }
      """;

  private static final String EFLOW =
      """
      - hosts: eflow
        gather_facts: false
        tasks:
          - {name: eflow_install, eflow_install: {msi: "{{ eflow_msi }}", accept_eula: true, reboot: true}}
          - name: eflow_provision
            eflow_provision:
              iothub_hostname: "{{ iothub_hostname }}"
              device_id: "{{ inventory_hostname }}"
              identity_cert_src: "{{ certificates }}/{{ inventory_hostname }}.cert.pem"
              identity_pk_src: "{{ certificates }}/{{ inventory_hostname }}.key.pem"
              settle: 0s
          - {name: eflow_copy, eflow_copy: {src: t.j2, dest: /etc/copied}}
          - {name: eflow_verify, eflow_verify: }
      """;

  // Nobody can know whether they were done: each is held. Each device does its own.
  private static final String HELD =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - {name: command, command: {argv: [powershell, -Command, 'Add-Content C:\\done x']}, when: inventory_hostname == 'command'}
          - {name: shell, shell: 'Add-Content C:\\done x', when: inventory_hostname == 'shell'}
          - {name: script, script: s.ps1, when: inventory_hostname == 'script'}
          - {name: machine, eflow_install: {msi: "{{ eflow_msi }}", accept_eula: true}, when: inventory_hostname == 'eflow_command'}
          - {name: eflow_command, eflow_command: hostname, when: inventory_hostname == 'eflow_command'}
          - {name: command job, command: {argv: [powershell, -Command, 'Add-Content C:\\job x'], job: true}, when: inventory_hostname == 'command'}
          - {name: shell job, shell: {cmd: 'Add-Content C:\\job x', job: true}, when: inventory_hostname == 'shell'}
          - {name: script job, script: {cmd: j.ps1, job: true}, when: inventory_hostname == 'script'}
      """;

  @TempDir Path directory;

  @Test
  void everyActionOfWindowsIsDoneOnce() throws IOException {
    try (WindowsFleet fleet = WindowsFleet.start(directory, KillChain.DEVICES, List.of())) {
      Map<String, Integer> boots = new LinkedHashMap<>();
      for (String name : KillChain.DEVICES) {
        fleet.device(name).model().order(InjectedFault.REBOOT_NEEDED);
        boots.put(name, WindowsFleet.boots(fleet.device(name)));
      }
      given("s.ps1", "Add-Content C:\\ProgramData\\app\\script x\n");
      given("t.j2", "{{ 40 + 2 }}\n");
      new KillChain(controller(WINDOWS)).everyStep(tasks(WINDOWS, 20));

      for (String name : KillChain.DEVICES) {
        WindowsDevice device = fleet.device(name);
        for (String count : List.of("creates", "command", "shell", "script")) {
          assertThat(device.file("C:\\ProgramData\\app\\" + count)).as(name).hasContent("x\n");
        }
        assertThat(device.file("C:\\ProgramData\\app\\copy.txt")).hasContent("text\nmore\n");
        // The task that says so, and the one that Deploy-IoTEdge wants.
        assertThat(WindowsFleet.boots(device)).as(name).isEqualTo(boots.get(name) + 2);
        assertThat(device.model().service("Schedule").orElseThrow().starts())
            .as("the system's starts, and the task that says restarted: %s", name)
            .isEqualTo(1 + 2 + 1);
        assertThat(WindowsFleet.jobs(device, "started"))
            .as("three tasks, Deploy-IoTEdge and Uninstall-IoTEdge: %s", name)
            .isEqualTo(5);
        assertThat(device.model().installed()).isEmpty();
      }
    }
  }

  @Test
  void everyActionOfEflowIsDoneOnce() throws IOException {
    try (WindowsFleet fleet = WindowsFleet.start(directory, List.of(), KillChain.DEVICES)) {
      given("t.j2", "copied\n");
      new KillChain(controller(EFLOW)).everyStep(tasks(EFLOW, 4));

      for (String name : KillChain.DEVICES) {
        assertThat(WindowsFleet.jobs(fleet.device(name), "started"))
            .as("msiexec and Deploy-Eflow")
            .isEqualTo(2);
      }
      assertThat(new Cli(directory).execute(fleet.words(directory + "/p.yml")).exits(0).changed())
          .isZero();
    }
  }

  @Test
  void whatNobodyCanKnowIsHeld() throws IOException {
    List<String> windows = List.of("command", "shell", "script");
    List<String> eflow = List.of("eflow_command");
    try (WindowsFleet fleet = WindowsFleet.start(directory, windows, eflow)) {
      given("s.ps1", "Add-Content C:\\done x\n");
      given("j.ps1", "Add-Content C:\\job x\n");
      KillChain chain = new KillChain(controller(HELD));
      chain.heldSteps(Stream.concat(windows.stream(), eflow.stream()).toList());
      chain.receipts(
          Map.of("command", "command job", "shell", "shell job", "script", "script job"),
          name -> fleet.device(name).file("C:\\ProgramData\\edgefleet"));

      for (String name : windows) {
        assertThat(fleet.device(name).file("C:\\done")).as(name).hasContent("x\n");
        assertThat(fleet.device(name).file("C:\\job")).as(name).hasContent("x\n");
        assertThat(chain.ends().get(name)).containsOnlyOnce(name, name + " job");
      }
      assertThat(chain.ends().get("eflow_command")).containsOnlyOnce("eflow_command");
    }
  }

  private Controller controller(String playbook) throws IOException {
    given("p.yml", playbook);
    return new Controller(directory, List.of(), "runs");
  }

  private void given(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static List<String> tasks(String playbook, int count) {
    List<String> names = KillChain.tasks(playbook);
    assertThat(names).hasSize(count);
    return names;
  }
}
