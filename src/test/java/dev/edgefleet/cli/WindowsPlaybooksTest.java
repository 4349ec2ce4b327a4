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

/** Every playbook for Windows and EFLOW, on bare devices behind a real WinRM service. */
class WindowsPlaybooksTest {
  @TempDir Path folder;

  private WindowsFleet fleet;
  private Cli cli;

  @BeforeEach
  void start() {
    fleet = WindowsFleet.start(folder);
    cli = new Cli(folder);
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
          windows/manual-x509              | Initialize-IoTEdge -ManualX509 -IotHubHostName plants.azure-devices.net -DeviceId pack-01 -X509IdentityCertificate I\\pack-01.cert.pem -X509IdentityPrivateKey I\\pack-01.key.pem
          windows/manual-connection-string | Initialize-IoTEdge -ManualConnectionString -DeviceConnectionString *** -ContainerOs Windows
          windows/dps-x509                 | Initialize-IoTEdge -DpsX509 -ScopeId 0ne00000000 -X509IdentityCertificate I\\pack-01.cert.pem -X509IdentityPrivateKey I\\pack-01.key.pem
          windows/dps-symmetric-key        | Initialize-IoTEdge -DpsSymmetricKey -ScopeId 0ne00000000 -RegistrationId pack-01 -SymmetricKey ***
          windows/dps-tpm                  | Initialize-IoTEdge -DpsTpm -ScopeId 0ne00000000 -RegistrationId pack-01
          eflow/manual-x509                | Provision-EflowVm -provisioningType ManualX509 -iotHubHostname plants.azure-devices.net -deviceId line-01 -identityCertPath I\\line-01.cert.pem -identityPrivKeyPath I\\line-01.key.pem -headless
          eflow/manual-connection-string   | Provision-EflowVm -provisioningType ManualConnectionString -devConnString *** -headless
          eflow/dps-x509                   | Provision-EflowVm -provisioningType DpsX509 -scopeId 0ne00000000 -identityCertPath I\\line-01.cert.pem -identityPrivKeyPath I\\line-01.key.pem -headless
          eflow/dps-symmetric-key          | Provision-EflowVm -provisioningType DpsSymmetricKey -scopeId 0ne00000000 -registrationId line-01 -symmKey *** -headless
          eflow/dps-tpm                    | Provision-EflowVm -provisioningType DpsTPM -scopeId 0ne00000000 -registrationId line-01 -headless
          """)
  void provisionsABareDeviceAndLeavesItAloneAfterwards(String playbook, String line)
      throws IOException {
    String file = "playbooks/" + playbook + ".yml";
    String device = playbook.startsWith("eflow") ? WindowsFleet.EFLOW : WindowsFleet.WINDOWS;

    cli.execute(fleet.words(file, "--check")).exits(0);
    assertThat(fleet.device(device).model().service("iotedge")).isEmpty();
    assertThat(fleet.device(device).model().is(Trait.EFLOW_MODULE)).isFalse();

    Cli.Ran first = cli.execute(fleet.words(file, "--diff", "-v")).exits(0);
    String typed = line.replace("I\\", "C:\\ProgramData\\edgefleet\\identity\\");
    assertThat(ran(first, device)).contains(typed);
    assertThat(first.report("report.html")).contains(typed.substring(0, typed.indexOf(' ')));
    assertThat(first.out()).contains("edgeAgent");
    withoutSecrets(first);

    Cli.Ran second = cli.execute(fleet.words(file)).exits(0);
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
            Files.readString(folder.resolve("certificates/pack-01.key.pem"))
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
