package dev.edgefleet.edge.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.action.LocalDevice;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.edge.Fixture;
import dev.edgefleet.edge.config.ConfigYaml;
import dev.edgefleet.edge.config.ManualX509;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given a device in whatever state, then it is provisioned, or refused with nothing changed. */
class LinuxProvisioningTest {
  private static final String ME = System.getProperty("user.name");

  @TempDir Path directory;
  private Path etc;
  private LocalDevice device;
  private LocalDevice checking;

  @BeforeEach
  void aDeviceWithIotEdge11() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    etc = Files.createDirectories(directory.resolve("etc/iotedge"));
    Files.writeString(etc.resolve("config.yaml"), Fixture.text("pump-station.yaml"));
    DemoIdentities.make(directory.resolve("certificates"), List.of("edge1"));
    runtime("1.1.19", "iotedge");
    device =
        new LocalDevice(
            directory,
            () ->
                new LocalConnection(
                    directory,
                    Map.of("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"))),
            Optional.empty());
    checking = device.checking();
  }

  /** What the device says of itself: the command's version and the daemon that runs. */
  private void runtime(String version, String daemon) throws IOException {
    program(
        "iotedge", "[ \"$1\" = version ] && { echo 'iotedge " + version + "'; exit; }\n" + LIST);
    program(
        "systemctl",
        "case \"$*\" in\n  *\" "
            + daemon
            + ".service\" | *\" "
            + daemon
            + "\") l=loaded a=active s=running ;;\n  *) l=not-found a=inactive s=dead ;;\nesac\n"
            + "printf 'LoadState=%s\\nActiveState=%s\\nSubState=%s\\nExecMainStatus=0\\nMainPID=0\\n'"
            + " $l $a $s\n");
  }

  private static final String LIST =
      """
      printf 'NAME             STATUS           DESCRIPTION      Config\\n'
      printf 'edgeAgent        running          Up 2 days        a:1.4\\n'
      """;

  private void program(String name, String text) throws IOException {
    Path file = Files.createDirectories(directory.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String provision(String more) {
    return """
        {iothub_hostname: h.net, device_id: edge1, restart: false, path: %s/config.yaml, \
        state_dir: %s/state, %s}
        """
        .formatted(etc, directory, more);
  }

  private String copied(String user) {
    return provision(
        "identity_cert_src: certificates/edge1.cert.pem, identity_pk_src:"
            + " certificates/edge1.key.pem, service_user: "
            + user);
  }

  private String placed(String cert, String key, String user) {
    return provision(
        "identity_cert: %s, identity_pk: %s, service_user: %s".formatted(cert, key, user));
  }

  private StepFailed refused(String action, String yaml) throws IOException {
    Map<String, String> before = tree();
    StepFailed inCheck = catchThrowableOfType(StepFailed.class, () -> checking.apply(action, yaml));
    StepFailed failed = catchThrowableOfType(StepFailed.class, () -> device.apply(action, yaml));
    assertThat(failed).as("refused").isNotNull();
    assertThat(inCheck).as("refused in a check run").isNotNull();
    assertThat(inCheck.what()).isEqualTo(failed.what());
    assertThat(tree()).isEqualTo(before);
    return failed;
  }

  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        tree.put(
            path.toString(),
            Files.getLastModifiedTime(path)
                + " "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return tree;
  }

  @Test
  void makesItsDirectoryAndCopiesOnce() throws Exception {
    Outcome first = device.apply("iotedge_provision", copied(ME));
    assertThat(first.message()).contains("made the directory " + etc + "/identity");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve("identity"))))
        .isEqualTo("rwx------");
    assertThat(etc.resolve("identity/edge1.key.pem")).exists();
    Map<String, String> after = tree();
    assertThat(device.apply("iotedge_provision", copied(ME)).message())
        .isEqualTo("provisioned already as edge1");
    assertThat(tree()).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.4", "1.6.1"})
  void aDeviceOfTheNewerLayoutIsRefusedWithItsVersion(String version) throws IOException {
    runtime(version, "aziot-edged");
    newerIsRefused(version);

    // It was provisioned when it had 1.1.
    provisioned();
    newerIsRefused(version);

    // The command alone says so, and the service of 1.1 is there.
    runtime(version, "iotedge");
    newerIsRefused(version);

    Files.delete(etc.resolve("config.yaml"));
    newerIsRefused(version);
  }

  private void newerIsRefused(String version) throws IOException {
    for (StepFailed failed :
        List.of(
            refused("iotedge_provision", copied(ME)),
            refused(
                "iotedge_config",
                copied(ME).replace("}", ", identity_cert: /c.pem, identity_pk: /k.pem}")))) {
      assertThat(failed.what())
          .contains("IoT Edge " + version, "/etc/aziot/config.toml", "1.0.10 to 1.1");
      assertThat(failed.remedy()).doesNotContain("iotedge_", "install");
    }
  }

  @Test
  void verifyNamesTheNewerLayoutAndListListsItsModules() throws IOException {
    runtime("1.4.43", "aziot-edged");
    StepFailed failed = refused("iotedge_verify", "{}");
    assertThat(failed.what()).contains("IoT Edge 1.4.43", "/etc/aziot/config.toml");
    assertThat(failed.remedy()).doesNotContain("iotedge_", "install");
    assertThat(device.apply("iotedge_list", "{expect: [edgeAgent]}").message())
        .isEqualTo("1 module");
  }

  @Test
  void verifyOfADeviceWithoutIotEdgeSaysSo() throws IOException {
    program("iotedge", "exit 1\n");
    program(
        "systemctl", "printf 'LoadState=not-found\\nActiveState=inactive\\nSubState=dead\\n'\n");
    assertThatThrownBy(() -> device.apply("iotedge_verify", "{}"))
        .hasMessageContaining("there is no service iotedge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.9.5", "1.5.3"})
  void theVersionIsLookedAtAlsoWhenTheFileIsRightAlready(String version) throws Exception {
    provisioned();
    runtime(version, "iotedge");
    assertThat(refused("iotedge_provision", copied(ME)).what()).contains("IoT Edge " + version);
  }

  private void provisioned() throws IOException {
    ManualX509 identity =
        ManualX509.of(
            "h.net", "edge1", etc + "/identity/edge1.cert.pem", etc + "/identity/edge1.key.pem");
    Path config = etc.resolve("config.yaml");
    Files.write(
        config, ConfigYaml.parse(Files.readAllBytes(config)).withManualX509(identity).bytes());
  }

  @Test
  void aDirectoryThatKeepsTheDaemonOutIsFoundFirst() throws Exception {
    assumeTrue("root".equals(ME), "needs root to be somebody else");
    Path home = Files.createDirectories(directory.resolve("home/operator"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createDirectory(home.resolve("identity"));
    String copied =
        copied("daemon")
            .replace(
                "}",
                ", identity_cert: %s/identity/c.pem, identity_pk: %s/identity/k.pem}"
                    .formatted(home, home));
    StepFailed failed = refused("iotedge_provision", copied);
    assertThat(failed.what()).contains("the daemon's user daemon cannot read", "identity");
    assertThat(failed.remedy()).contains(home.toString(), "750");

    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-x--x"));
    assertThat(device.apply("iotedge_provision", copied).message()).contains("wrote");
  }

  @Test
  void aFileThatKeepsTheDaemonOutIsFoundFirst() throws Exception {
    assumeTrue("root".equals(ME), "needs root to be somebody else");
    Path certificate = Files.writeString(directory.resolve("c.pem"), "x");
    Path key = Files.writeString(directory.resolve("k.pem"), "x");
    Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    String placed = placed(certificate.toString(), key.toString(), "daemon");
    StepFailed failed = refused("iotedge_config", placed);
    assertThat(failed.what()).contains("cannot read the private key " + key);
    assertThat(failed.remedy()).contains("600");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(device.apply("iotedge_config", placed).message()).contains("wrote the provisioning");
  }

  @Test
  void aFileThatIsNotThereIsNoMatterForACheckRun() {
    String placed = placed("/nowhere/c.pem", "/nowhere/k.pem", ME);
    assertThat(checking.apply("iotedge_config", placed).message()).contains("wrote");
    assertThatThrownBy(() -> device.apply("iotedge_config", placed))
        .hasMessageContaining("/nowhere/c.pem is not on the device");
  }

  @Test
  void warnsOfWhatAGuttedConfigLacks() throws Exception {
    Files.writeString(etc.resolve("config.yaml"), "homedir: /var/lib/iotedge\n");
    Outcome outcome = device.apply("iotedge_provision", copied(ME));
    assertThat(outcome.reported().get("warnings").toString())
        .contains("has no agent, hostname, connect, listen, moby_runtime", "localhost");
  }
}
