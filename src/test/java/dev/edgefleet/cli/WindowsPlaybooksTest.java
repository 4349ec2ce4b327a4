package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.simulator.windows.Trait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every way to provision Windows devices and EFLOW hosts, on bare ones behind a real WinRM service.
 */
class WindowsPlaybooksTest {
  @TempDir Path directory;

  private WindowsFleet fleet;
  private Cli cli;

  @BeforeEach
  void start() {
    fleet = WindowsFleet.start(directory);
    cli = new Cli(directory);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x509              | pack-01 | Initialize-IoTEdge -ManualX509 -IotHubHostName plants.azure-devices.net -DeviceId pack-01 -X509IdentityCertificate I\\pack-01.cert.pem -X509IdentityPrivateKey I\\pack-01.key.pem
          connection-string | pack-01 | Initialize-IoTEdge -ManualConnectionString -DeviceConnectionString *** -ContainerOs Windows
          dps-x509          | pack-01 | Initialize-IoTEdge -DpsX509 -ScopeId 0ne00000000 -X509IdentityCertificate I\\pack-01.cert.pem -X509IdentityPrivateKey I\\pack-01.key.pem
          dps-symmetric-key | pack-01 | Initialize-IoTEdge -DpsSymmetricKey -ScopeId 0ne00000000 -RegistrationId pack-01 -SymmetricKey ***
          dps-tpm           | pack-01 | Initialize-IoTEdge -DpsTpm -ScopeId 0ne00000000 -RegistrationId pack-01
          x509              | line-01 | Provision-EflowVm -provisioningType ManualX509 -iotHubHostname plants.azure-devices.net -deviceId line-01 -identityCertPath I\\line-01.cert.pem -identityPrivKeyPath I\\line-01.key.pem -headless
          connection-string | line-01 | Provision-EflowVm -provisioningType ManualConnectionString -devConnString *** -headless
          dps-x509          | line-01 | Provision-EflowVm -provisioningType DpsX509 -scopeId 0ne00000000 -identityCertPath I\\line-01.cert.pem -identityPrivKeyPath I\\line-01.key.pem -headless
          dps-symmetric-key | line-01 | Provision-EflowVm -provisioningType DpsSymmetricKey -scopeId 0ne00000000 -registrationId line-01 -symmKey *** -headless
          dps-tpm           | line-01 | Provision-EflowVm -provisioningType DpsTPM -scopeId 0ne00000000 -registrationId line-01 -headless
          """)
  void provisionsABareDeviceAndLeavesItAloneAfterwards(String playbook, String device, String line)
      throws IOException {
    String file = "playbooks/provision-" + playbook + ".yml";

    cli.execute(fleet.words(file, "--limit", device, "--check")).exits(0);
    assertThat(fleet.device(device).model().service("iotedge")).isEmpty();
    assertThat(fleet.device(device).model().is(Trait.EFLOW_MODULE)).isFalse();

    Cli.Ran first = cli.execute(fleet.words(file, "--limit", device, "--diff", "-v")).exits(0);
    String typed = line.replace("I\\", "C:\\ProgramData\\edgefleet\\identity\\");
    assertThat(ran(first, device)).contains(typed);
    assertThat(first.report("report.html")).contains(typed.substring(0, typed.indexOf(' ')));
    assertThat(first.out()).contains("edgeAgent");
    withoutSecrets(first);

    Cli.Ran second = cli.execute(fleet.words(file, "--limit", device)).exits(0);
    assertThat(second.changed()).as("a second run changes nothing:%n%s", second.out()).isZero();
    assertThat(fleet.devices().server().openShells(fleet.devices().ports().get(device))).isZero();
  }

  @Test
  void onePlaybookServesThemAll() {
    cli.execute(fleet.words("playbooks/provision-x509.yml")).exits(0);
    Cli.Ran second = cli.execute(fleet.words("playbooks/provision-x509.yml")).exits(0);
    assertThat(second.changed()).isZero();
  }

  /** The lines that a device's steps tell they ran. */
  private static List<String> ran(Cli.Ran run, String device) {
    return run.steps(device).stream()
        .map(step -> Optional.ofNullable(step.values().get("ran")))
        .flatMap(Optional::stream)
        .map(Object::toString)
        .toList();
  }

  private void withoutSecrets(Cli.Ran run) throws IOException {
    List<String> secrets =
        List.of(
            "cGxhbnRlZC1jcy1rZXk",
            WindowsFleet.SYMMETRIC_KEY,
            fleet.devices().password(),
            Files.readString(directory.resolve("certificates/pack-01.key.pem"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    assertThat(run.out() + run.err()).doesNotContain(secrets);
    try (Stream<Path> files = Files.walk(run.run().orElseThrow())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secrets);
      }
    }
  }
}
