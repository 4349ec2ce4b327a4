package dev.edgefleet.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.lab.Lab;
import dev.edgefleet.remote.Become;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that really goes down and comes back, over a real connection. */
class RebootIT {
  private static Lab lab;
  private static SshTransport transport;

  @TempDir Path directory;

  @BeforeAll
  static void boot() {
    lab = Lab.up(1, Lab.CONFIG);
    transport =
        new SshTransport(
            new SshSettings(
                lab.knownHosts(),
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Optional.empty(),
                file -> Optional.empty(),
                4));
  }

  @AfterAll
  static void remove() {
    if (transport != null) {
      transport.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private LocalDevice device(Optional<Become> become) {
    SshTarget target =
        new SshTarget(lab.address("edge1"), 22, "operator", List.of(lab.key()), Optional.empty());
    return new LocalDevice(directory, () -> transport.connect(target), become);
  }

  @Test
  void aDeviceComesBackAsAnotherStart() {
    LocalDevice device = device(Optional.of(new Become("root", Optional.empty())));
    String before = lab.ssh("edge1", "cat /proc/sys/kernel/random/boot_id");
    lab.ssh("edge1", "sudo touch /run/before-the-reboot /var/kept");

    Outcome checked = device.checking().apply("reboot", "reboot_timeout: 60");
    Outcome outcome =
        device.apply(
            "reboot", "{reboot_timeout: 2m, test_command: systemctl is-active ssh >/dev/null}");

    assertThat(checked.values()).containsEntry("rebooted", false);
    assertThat(outcome.status()).isEqualTo(Outcome.Status.CHANGED);
    assertThat(outcome.values()).containsEntry("rebooted", true);
    assertThat(lab.ssh("edge1", "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(before);
    assertThat(lab.ssh("edge1", "ls -d /run/before-the-reboot /var/kept 2>/dev/null || true"))
        .isEqualTo("/var/kept\n");
    assertThat(device.apply("wait_for_connection", "timeout: 30").values()).containsKey("elapsed");
    assertThat(device.apply("ping", "").values()).containsEntry("ping", "pong");
  }

  @Test
  void onlyRootMayReboot() {
    assertThatThrownBy(() -> device(Optional.empty()).apply("reboot", ""))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("could not reboot: permission denied");
  }
}
