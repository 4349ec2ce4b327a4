package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given a device with IoT Edge 1.4, then the shipped playbooks say so and leave it as it is. */
class NewerRuntimeTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"provision-x509", "staged-rollout"})
  void isRefusedBeforeAnythingChanges(String playbook) throws Exception {
    DemoIdentities.make(directory.resolve("certificates"), List.of("one"));
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory.resolve("fleet"), List.of("one"))) {
      Path device = fleet.devices().get("one").directory();
      Files.writeString(device.resolve("bin/iotedge"), "#!/bin/sh\necho 'iotedge 1.4.43'\n");
      Files.writeString(
          device.resolve("bin/systemctl"),
          """
          #!/bin/sh
          case "$*" in
            *aziot-edged*) printf 'LoadState=loaded\\nActiveState=active\\n' ;;
            *) printf 'LoadState=not-found\\nActiveState=inactive\\n' ;;
          esac
          """);
      List<String> before = tree(device.resolve("etc"));
      Cli cli =
          new Cli(directory)
              .given(
                  "i.yml",
                  """
                  canary:
                    hosts:
                      one:
                        ansible_host: 127.0.0.1
                        ansible_port: %d
                        ansible_user: %s
                        ansible_ssh_private_key_file: %s
                        iothub_hostname: h.azure-devices.net
                        certificates: %s/certificates
                        iotedge_etc: %s/etc/iotedge
                        iotedge_user: %s
                        edgefleet_state: %s/var/lib/edgefleet
                  """
                      .formatted(
                          fleet.ports().get("one"),
                          fleet.user(),
                          fleet.clientKey(),
                          directory,
                          device,
                          System.getProperty("user.name"),
                          device));
      for (String option : List.of("--check", "--diff")) {
        Cli.Ran ran =
            cli.execute(
                "run",
                "playbooks/" + playbook + ".yml",
                "-i",
                directory.resolve("i.yml").toString(),
                "--known-hosts",
                fleet.knownHosts().toString(),
                "--runs",
                directory.resolve("runs").toString(),
                option);
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isIn(3, 5);
        RunEvent.StepEnded last =
            ran.steps("one").stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(last.message()).contains("IoT Edge 1.4.43", "/etc/aziot/config.toml");
        assertThat(ran.changed()).isZero();
        assertThat(tree(device.resolve("etc"))).isEqualTo(before);
      }
    }
  }

  private static List<String> tree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }
}
