package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The controller is killed at each point of each action, and the same run goes on: what looks
 * before it acts, or leaves a receipt, happens once; what does neither is held until the operator
 * says.
 */
class KilledControllerIT {
  /** Tasks of which nobody can know whether they were done. */
  private static final Set<String> IN_DOUBT = Set.of("command", "shell", "script");

  private static final Set<String> JOBS = Set.of("command job", "shell job", "script job");

  private static final String TASKS =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - {name: command, command: "sh -c 'echo x >> {{ folder }}/count-command'", register: said}
          - name: command creates
            command: {cmd: "sh -c 'echo x >> {{ folder }}/count-creates'", creates: "{{ folder }}/count-creates"}
          - name: command job
            command: {cmd: "sh -c 'echo x >> {{ folder }}/count-command-job; sleep 1; echo done'", job: true}
            register: job
          - {name: after job, assert: {that: "job.stdout == 'done'"}}
          - {name: shell, shell: "echo x >> {{ folder }}/count-shell"}
          - name: shell job
            shell: {cmd: "echo x >> {{ folder }}/count-shell-job", job: true}
          - {name: script, script: "s.sh {{ folder }}/count-script"}
          - name: script job
            script: {cmd: "s.sh {{ folder }}/count-script-job", job: true}
          - {name: file, file: {path: "{{ folder }}/made", state: directory}, notify: made}
          - {name: copy, copy: {content: text, dest: "{{ folder }}/made/copy", backup: true}}
          - {name: template, template: {src: t.j2, dest: "{{ folder }}/made/template"}}
          - {name: lineinfile, lineinfile: {path: "{{ folder }}/made/copy", line: more}}
          - {name: fetch, fetch: {src: "{{ folder }}/made/copy", dest: "{{ playbook_dir }}/fetched/", flat: true}}
          - name: iotedge_config
            iotedge_config:
              path: "{{ folder }}/etc/iotedge/config.yaml"
              iothub_hostname: h.azure-devices.net
              device_id: one
              identity_cert_src: "{{ playbook_dir }}/certificates/one.cert.pem"
              identity_pk_src: "{{ playbook_dir }}/certificates/one.key.pem"
              identity_cert: "{{ folder }}/one.cert.pem"
              identity_pk: "{{ folder }}/one.key.pem"
              service_user: root
              state_dir: "{{ folder }}/var/lib/edgefleet"
          - {name: service, service: {name: iotedge, state: restarted}}
          - {name: iotedge_list, iotedge_list: , register: modules}
          - {name: stat, stat: {path: "{{ folder }}/made/copy"}, register: stat}
          - {name: setup, setup: }
          - {name: set_fact, set_fact: {mine: "{{ stat.stat.size }}"}}
          - {name: debug, debug: {msg: "size {{ mine }}"}}
          - {name: assert, assert: {that: "mine | int == 10 and said.rc == 0"}}
          - {name: ping, ping: }
          - {name: pause, pause: {seconds: 0}}
          - {name: wait_for_connection, wait_for_connection: }
        handlers:
          - {name: made, shell: {cmd: "echo x >> {{ folder }}/count-handler", job: true}}
      """;

  @TempDir Path folder;

  @Test
  void everyActionIsDoneOnceOrHeld() throws IOException {
    try (EmbeddedFleet fleet = EmbeddedFleet.start(folder.resolve("fleet"), List.of("one"))) {
      Path device = fleet.devices().get("one").folder();
      Path state = device.resolve("var/lib/edgefleet");
      DemoIdentities.make(folder.resolve("certificates"), List.of("one"));
      Files.writeString(folder.resolve("p.yml"), TASKS);
      Files.writeString(folder.resolve("s.sh"), "#!/bin/sh\necho x >> $1\n");
      Files.writeString(folder.resolve("t.j2"), "{{ folder }}\n");
      Files.writeString(folder.resolve("i.yml"), Controller.inventory(fleet, List.of("one"), ""));
      Controller controller = new Controller(folder, fleet, "runs");

      Controller.Ended ended = controller.begin("start", "command", state);
      assertThat(ended.killed()).as(ended.output()).isTrue();
      List<String> names =
          TASKS
              .lines()
              .filter(line -> line.startsWith("    - "))
              .map(line -> line.replaceFirst(".*?name: ", "").replaceFirst(",.*", ""))
              .filter(name -> !name.equals("made"))
              .toList();
      assertThat(names).hasSize(24);
      for (int i = 0; i < names.size(); i++) {
        String task = names.get(i);
        if (i > 0) {
          killed(controller.resume("start", task, state), task, "start");
        }
        if (IN_DOUBT.contains(task)) {
          held(controller, state, task);
          killed(controller.resume("effect", task, state, "--repeat", "one"), task, "effect");
          held(controller, state, task);
          killed(controller.resume("end", task, state, "--done", "one"), task, "end");
        } else {
          if (JOBS.contains(task)) {
            killed(controller.resume("receipt", task, state), task, "receipt");
          }
          killed(controller.resume("effect", task, state), task, "effect");
          killed(controller.resume("end", task, state), task, "end");
        }
      }
      controller.resume("never", "-", state).exits(0);

      for (String count :
          List.of(
              "command",
              "creates",
              "command-job",
              "shell",
              "shell-job",
              "script",
              "script-job",
              "handler")) {
        assertThat(Files.readString(device.resolve("count-" + count))).as(count).isEqualTo("x\n");
      }
      assertThat(Files.readString(device.resolve("made/copy"))).isEqualTo("text\nmore\n");
      // Once for the configuration, once for the task that says restarted.
      assertThat(
              Files.readString(device.resolve("var/log/iotedge.log"))
                  .lines()
                  .filter(line -> line.contains("Starting Azure IoT Edge Security Daemon")))
          .hasSize(2);
      List<RunEvent> events =
          JournalReader.read(controller.run()).stream().map(JournalEntry::event).toList();
      assertThat(events.getLast())
          .isInstanceOfSatisfying(
              RunEvent.RunEnded.class, over -> assertThat(over.exitCode()).isZero());
      List<String> ends = new ArrayList<>();
      for (RunEvent event : events) {
        if (event instanceof RunEvent.StepEnded step) {
          ends.add(step.task());
        }
      }
      List<String> once = new ArrayList<>(names);
      once.add("made");
      assertThat(ends).containsExactlyElementsOf(once);
      assertThat(controller.run().resolve("kept.db")).doesNotExist();
    }
  }

  private static void killed(Controller.Ended ended, String task, String when) {
    assertThat(ended.killed()).as(task + " at " + when + ":%n" + ended.output()).isTrue();
  }

  private static void held(Controller controller, Path state, String task) {
    Controller.Ended ended = controller.resume("never", "-", state).exits(6);
    assertThat(ended.output()).contains("'" + task + "' was begun before").contains("--done one");
  }
}
