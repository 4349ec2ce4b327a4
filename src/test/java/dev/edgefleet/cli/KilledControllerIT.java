package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.run.Controller;
import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The controller is killed at each point of each action, and the same run goes on: what looks
 * before it acts, or leaves a receipt, happens once; what does neither is held until the operator
 * says. {@code reboot} has a test of its own, and so has Windows.
 */
class KilledControllerIT {
  private static final String TASKS =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - name: command creates
            command: {cmd: "sh -c 'echo x >> {{ directory }}/count-creates'", creates: "{{ directory }}/count-creates"}
          - name: command job
            command: {cmd: "sh -c 'echo x >> {{ directory }}/count-command-job; sleep 1; echo done'", job: true}
            register: job
          - {name: after job, assert: {that: "job.stdout == 'done'"}}
          - name: shell job
            shell: {cmd: "echo x >> {{ directory }}/count-shell-job", job: true}
          - name: script job
            script: {cmd: "s.sh {{ directory }}/count-script-job", job: true}
          - {name: file, file: {path: "{{ directory }}/made", state: directory}, notify: made}
          - {name: copy, copy: {content: text, dest: "{{ directory }}/made/copy", backup: true}}
          - {name: template, template: {src: t.j2, dest: "{{ directory }}/made/template"}}
          - {name: lineinfile, lineinfile: {path: "{{ directory }}/made/copy", line: more}}
          - {name: fetch, fetch: {src: "{{ directory }}/made/copy", dest: "{{ playbook_dir }}/fetched/"}}
          - name: iotedge_provision
            iotedge_provision:
              path: "{{ directory }}/etc/iotedge/config.yaml"
              iothub_hostname: first.azure-devices.net
              device_id: "{{ inventory_hostname }}"
              identity_cert_src: "{{ playbook_dir }}/certificates/{{ inventory_hostname }}.cert.pem"
              identity_pk_src: "{{ playbook_dir }}/certificates/{{ inventory_hostname }}.key.pem"
              identity_cert: "{{ directory }}/one.cert.pem"
              identity_pk: "{{ directory }}/one.key.pem"
              service_user: root
              state_dir: "{{ directory }}/var/lib/edgefleet"
          - name: iotedge_config
            iotedge_config:
              path: "{{ directory }}/etc/iotedge/config.yaml"
              iothub_hostname: second.azure-devices.net
              device_id: "{{ inventory_hostname }}"
              identity_cert_src: "{{ playbook_dir }}/certificates/{{ inventory_hostname }}.cert.pem"
              identity_pk_src: "{{ playbook_dir }}/certificates/{{ inventory_hostname }}.key.pem"
              identity_cert: "{{ directory }}/one.cert.pem"
              identity_pk: "{{ directory }}/one.key.pem"
              service_user: root
              state_dir: "{{ directory }}/var/lib/edgefleet"
          - {name: service, service: {name: iotedge, state: restarted, state_dir: "{{ directory }}/var/lib/edgefleet"}}
          - {name: iotedge_list, iotedge_list: , register: modules}
          - {name: iotedge_verify, iotedge_verify: }
          - {name: stat, stat: {path: "{{ directory }}/made/copy"}, register: stat}
          - {name: setup, setup: }
          - {name: set_fact, set_fact: {mine: "{{ stat.stat.size }}"}}
          - {name: debug, debug: {msg: "size {{ mine }}"}}
          - {name: assert, assert: {that: "mine | int == 10 and job.rc == 0"}}
          - {name: fail, fail: {msg: not today}, ignore_errors: true}
          - {name: ping, ping: }
          - {name: pause, pause: {seconds: 0}}
          - {name: wait_for_connection, wait_for_connection: }
        handlers:
          - {name: made, shell: {cmd: "echo x >> {{ directory }}/count-handler", job: true}}
      """;

  // Nobody can know whether they were done: each is held. Each device does its own.
  private static final String HELD =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - {name: command, command: "sh -c 'echo x >> {{ directory }}/count'", register: said, when: inventory_hostname == 'command'}
          - {name: shell, shell: "echo x >> {{ directory }}/count", when: inventory_hostname == 'shell'}
          - {name: script, script: "s.sh {{ directory }}/count", when: inventory_hostname == 'script'}
          - {name: said, assert: {that: said.rc == 0}, when: inventory_hostname == 'command'}
          - name: command job
            command: {cmd: "sh -c 'echo x >> {{ directory }}/count-job'", job: true}
            when: inventory_hostname == 'command'
          - name: shell job
            shell: {cmd: "echo x >> {{ directory }}/count-job", job: true}
            when: inventory_hostname == 'shell'
          - name: script job
            script: {cmd: "s.sh {{ directory }}/count-job", job: true}
            when: inventory_hostname == 'script'
      """;

  @TempDir Path directory;

  @Test
  void everyActionIsDoneOnce() throws IOException {
    List<String> names = KillChain.tasks(TASKS);
    assertThat(names).hasSize(25);
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory.resolve("fleet"), KillChain.DEVICES)) {
      DemoIdentities.make(directory.resolve("certificates"), KillChain.DEVICES);
      Files.writeString(directory.resolve("t.j2"), "{{ directory }}\n");
      Controller controller = controller(fleet, TASKS, KillChain.DEVICES);
      new KillChain(controller).everyStep(names);

      for (String name : KillChain.DEVICES) {
        Path device = fleet.devices().get(name).directory();
        for (String count :
            List.of("creates", "command-job", "shell-job", "script-job", "handler")) {
          assertThat(device.resolve("count-" + count)).hasContent("x\n");
        }
        assertThat(device.resolve("made/copy")).hasContent("text\nmore\n");
        // Once for each configuration, once for the task that says restarted.
        assertThat(
                Files.readString(device.resolve("var/log/iotedge.log"))
                    .lines()
                    .filter(line -> line.contains("Starting Azure IoT Edge Security Daemon")))
            .as(name)
            .hasSize(3);
      }
      assertThat(controller.run().resolve("kept.db")).doesNotExist();
    }
  }

  @Test
  void whatNobodyCanKnowIsHeld() throws IOException {
    List<String> devices = List.of("command", "shell", "script");
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory.resolve("fleet"), devices)) {
      KillChain chain = new KillChain(controller(fleet, HELD, devices));
      chain.heldSteps(devices);
      chain.receipts(
          Map.of("command", "command job", "shell", "shell job", "script", "script job"),
          name -> fleet.devices().get(name).directory().resolve("var/lib/edgefleet"));

      for (String name : devices) {
        Path device = fleet.devices().get(name).directory();
        assertThat(device.resolve("count")).hasContent("x\n");
        assertThat(device.resolve("count-job")).hasContent("x\n");
        assertThat(chain.ends().get(name)).containsOnlyOnce(name, name + " job");
      }
    }
  }

  private Controller controller(EmbeddedFleet fleet, String playbook, List<String> devices)
      throws IOException {
    Files.writeString(directory.resolve("p.yml"), playbook);
    Files.writeString(directory.resolve("s.sh"), "#!/bin/sh\necho x >> $1\n");
    Files.writeString(directory.resolve("i.yml"), Controller.inventory(fleet, devices, ""));
    return Controller.of(directory, fleet, "runs");
  }
}
