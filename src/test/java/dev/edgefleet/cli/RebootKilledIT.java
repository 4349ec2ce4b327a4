package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.lab.Lab;
import dev.edgefleet.run.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller is killed at each point of a reboot: the device goes down once. */
class RebootKilledIT {
  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        become: true
        tasks:
          - {name: reboot, reboot: {reboot_timeout: 2m}}
          - {name: after, command: cat /var/boots, register: boots, changed_when: false}
          - {name: one boot, assert: {that: boots.stdout_lines | length == 1}}
      """;

  private static final String COUNT_BOOTS =
      """
      sudo sh -c 'printf "%s\\n" "[Service]" "Type=oneshot" \
      "ExecStart=/bin/sh -c \\"cat /proc/sys/kernel/random/boot_id >>/var/boots\\"" \
      "[Install]" "WantedBy=basic.target" >/etc/systemd/system/count-boots.service \
      && systemctl enable count-boots'
      """;

  @TempDir Path directory;

  @Test
  void aDeviceRebootsOnce() throws IOException {
    try (Lab lab = Lab.up(3, Lab.CONFIG)) {
      lab.devices().forEach(device -> lab.ssh(device, COUNT_BOOTS));
      Files.writeString(directory.resolve("p.yml"), PLAYBOOK);
      Files.copy(lab.inventory(), directory.resolve("i.yml"));
      List<String> connecting =
          List.of("--ssh-config", "none", "--known-hosts", lab.knownHosts().toString());
      Controller controller = new Controller(directory, connecting, "runs");

      Controller.Ended ended =
          controller.begin(
              Controller.killed(
                  List.of(
                      KillOrder.of("edge1", "reboot", KillOrder.Point.START),
                      KillOrder.of("edge2", "reboot", KillOrder.Point.EFFECT),
                      KillOrder.of("edge3", "reboot", KillOrder.Point.END))));
      assertThat(ended.killed()).as(ended.output()).isTrue();
      assertThat(lab.run("edge1", "cat /var/boots").exitCode()).as("not yet").isNotZero();
      assertThat(lab.ssh("edge2", "cat /var/boots").lines()).hasSize(1);

      controller.resume().exits(0);
      for (String device : lab.devices()) {
        assertThat(lab.ssh(device, "cat /var/boots").lines()).as(device).hasSize(1);
      }
    }
  }
}
