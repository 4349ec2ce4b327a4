package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Sample;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.Verdict;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.SameReport;
import dev.edgefleet.run.Controller;
import dev.edgefleet.simulator.EmbeddedDevice;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Devices in three waves; the controller is killed again and again at seeded instants. What is on
 * the devices in the end, and in the report, is what an unbroken run leaves. {@code
 * -Dedgefleet.long=true -Dedgefleet.kills=200} takes more of them, and kills it more often.
 */
class StagedRunKilledIT {
  private static final int DEVICES = Sample.AT_LENGTH ? 50 : 14;
  private static final int KILLS = Integer.getInteger("edgefleet.kills", 3);
  private static final int KILLS_A_RUN = Math.min(KILLS, 10);

  // Every effect leaves one line in data/log: what is done twice shows twice.
  private static final String PLAYBOOK =
      """
      - name: staged
        hosts: all
        gather_facts: false
        rollout:
          max_failures: 5
          waves:
            - {name: canary, group: canary, soak: 1s, approve: true}
            - {name: pilot, count: 8, concurrency: 4, gate: {modules: [edgeAgent], running_for: 1m}}
            - {name: rest, rest: true}
        tasks:
          - {name: directory, file: {path: "{{ directory }}/data", state: directory}}
          - name: once each
            shell: {cmd: "echo once >> {{ directory }}/data/log; echo said", job: true}
            register: said
          - name: config
            copy: {content: "device {{ inventory_hostname }}\\n", dest: "{{ directory }}/data/config"}
            notify: restarted
          - name: letters
            set_fact: {letters: "{{ letters | default('') }}{{ item }}"}
            loop: [a, b, c]
          - name: look
            stat: {path: "{{ directory }}/data"}
            register: first
          - block:
              - name: fails
                assert: {that: inventory_hostname is not match('.*7$')}
            rescue:
              - name: rescued
                shell: {cmd: "echo rescued >> {{ directory }}/data/log", job: true}
            always:
              - name: always
                assert: {that: first.stat.isdir and said.stdout == 'said'}
          - name: some fail
            assert: {that: inventory_hostname != 'd13'}
        handlers:
          - name: restarted
            shell: {cmd: "echo restarted >> {{ directory }}/data/log", job: true}
      - name: afterwards
        hosts: all
        gather_facts: false
        serial: 50%
        tasks:
          - name: still known
            assert: {that: letters == 'abc' and said.rc == 0}
      """;

  private static final String MODULES =
      """
      #!/bin/sh
      echo "NAME             STATUS           DESCRIPTION      CONFIG"
      echo "edgeAgent        running          Up 2 hours       mcr.microsoft.com/azureiotedge-agent:1.1"
      """;

  @TempDir Path directory;

  @Test
  void endsAsAnUnbrokenRunDoes() throws IOException {
    List<String> names =
        IntStream.rangeClosed(1, DEVICES).mapToObj(i -> "d%02d".formatted(i)).toList();
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory.resolve("fleet"), names)) {
      Files.writeString(directory.resolve("p.yml"), PLAYBOOK);
      Files.writeString(
          directory.resolve("i.yml"),
          Controller.inventory(fleet, names, "  children:\n    canary: {hosts: {d01: , d02: }}\n"));
      for (EmbeddedDevice device : fleet.devices().values()) {
        Files.writeString(device.directory().resolve("bin/iotedge"), MODULES);
      }
      Controller whole = Controller.of(directory, fleet, "whole");
      whole.begin(Controller.LIVES, "--auto-approve").exits(3);
      Map<String, String> expected = state(fleet);
      assertThat(expected).hasSize(2 * DEVICES);
      RunReport unbroken = report(whole.run());
      long records = JournalReader.read(whole.run()).size();

      for (int round = 0; round < Math.max(1, KILLS / KILLS_A_RUN); round++) {
        clean(fleet);
        Random random = new Random(4711 + round);
        Controller killed = Controller.of(directory, fleet, "killed-" + round);
        Controller.Ended ended = null;
        int kills = 0;
        while (ended == null || ended.killed()) {
          List<String> when =
              kills == KILLS_A_RUN
                  ? Controller.LIVES
                  : Controller.killedAfter(2 + random.nextInt((int) (records / KILLS_A_RUN)));
          ended =
              kills == 0
                  ? killed.begin(when, "--auto-approve")
                  : killed.resume(when, "--auto-approve");
          kills++;
        }
        String seed = "round " + round + ":%n" + ended.output();
        assertThat(ended.exitCode()).as(seed).isEqualTo(3);
        assertThat(state(fleet)).as(seed).containsExactlyInAnyOrderEntriesOf(expected);
        RunReport broken = report(killed.run());
        assertThat(broken.run().processes()).hasSizeGreaterThan(KILLS_A_RUN / 2);
        Set<SameReport.Key> inDoubt = new HashSet<>(SameReport.resumed(broken));
        assertThat(SameReport.of(broken, inDoubt))
            .as(seed)
            .usingRecursiveComparison()
            .isEqualTo(SameReport.of(unbroken, inDoubt));
        assertThat(AuditTrail.check(killed.run())).isInstanceOf(Verdict.Whole.class);
        assertThat(
                JournalReader.read(killed.run()).stream()
                    .filter(entry -> entry.event() instanceof RunEvent.ApprovalGiven))
            .hasSize(1);
      }
    }
  }

  private static RunReport report(Path run) {
    try (var entries = JournalReader.stream(run)) {
      return RunReport.from(entries);
    }
  }

  /** Every file that the playbook makes on every device, with what is in it. */
  private static Map<String, String> state(EmbeddedFleet fleet) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (EmbeddedDevice device : fleet.devices().values()) {
      try (Stream<Path> made = Files.list(device.directory().resolve("data"))) {
        for (Path file : made.toList()) {
          files.put(device.name() + "/" + file.getFileName(), Files.readString(file));
        }
      }
    }
    return files;
  }

  private static void clean(EmbeddedFleet fleet) {
    for (EmbeddedDevice device : fleet.devices().values()) {
      remove(device.directory().resolve("data"));
      remove(device.directory().resolve("var/lib/edgefleet"));
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
