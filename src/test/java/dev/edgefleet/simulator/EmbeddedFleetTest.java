package dev.edgefleet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Peer;
import dev.edgefleet.Processes;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.ConnectionContract.Result;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedFleetTest {
  private static final String SHOW =
      "systemctl show -p LoadState,ActiveState,SubState,UnitFileState,ExecMainStatus,MainPID ";

  @TempDir private Path directory;

  private EmbeddedFleet fleet;
  private SshTransport transport;
  private Connection connection;
  private EmbeddedDevice device;

  @BeforeEach
  void start() {
    fleet = EmbeddedFleet.start(directory, List.of("edge-1", "edge-2"));
    transport = transport(fleet);
    connection = transport.connect(target(fleet, "edge-2"));
    device = fleet.devices().get("edge-2");
  }

  @AfterEach
  void stop() {
    connection.close();
    transport.close();
    fleet.close();
  }

  @Test
  void isADirectoryOfItsOwn() {
    assertThat(run("pwd; echo $HOME $EDGEFLEET_DEVICE; command -v systemctl; whoami >&2").output())
        .isEqualTo(
            "%s\n%s %s\n%s\n"
                .formatted(
                    device.directory(),
                    device.directory(),
                    device.directory(),
                    device.directory().resolve("bin/systemctl")));
    assertThat(fleet.ports().keySet()).containsExactly("edge-1", "edge-2");
    assertThat(device.directory()).isNotEqualTo(fleet.devices().get("edge-1").directory());
    assertThat(run("grep '^hostname' etc/iotedge/config.yaml").output())
        .isEqualTo("hostname: \"edge-2\"\n");
  }

  @Test
  void isKnownToOpenSshToo() {
    Path ssh = Peer.require("ssh", "openssh-client");
    assertThat(
            openSsh(
                ssh.toString(),
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + fleet.knownHosts(),
                "-i",
                fleet.clientKey().toString(),
                "-p",
                String.valueOf(fleet.ports().get("edge-1")),
                fleet.user() + "@127.0.0.1",
                "iotedge version; exit 4"))
        .isEqualTo("iotedge 1.1.19\n4");
  }

  @Test
  void letsNoOtherUserIn() {
    SshTarget target = target(fleet, "edge-1");
    SshTarget root =
        new SshTarget(
            target.host(),
            fleet.ports().get("edge-1"),
            "root",
            target.identityFiles(),
            Optional.empty());
    assertThatThrownBy(() -> transport.connect(root)).isInstanceOf(Refused.class);
  }

  @Test
  void beginsUnprovisionedAndStopped() {
    assertThat(run(SHOW + "iotedge").output())
        .isEqualTo(
            """
            MainPID=0
            ExecMainStatus=0
            LoadState=loaded
            ActiveState=inactive
            SubState=dead
            UnitFileState=enabled
            """);
    assertThat(run("iotedge list"))
        .isEqualTo(
            new Result(
                1,
                "",
                """
                A module runtime error occurred
                \tcaused by: Could not list modules
                \tcaused by: an error occurred trying to connect: Connection refused (os error 111)

                """));
    assertThat(run("systemctl start iotedge").exitCode()).isZero();
    assertThat(run(SHOW + "iotedge.service").output())
        .contains("ActiveState=failed", "SubState=failed", "ExecMainStatus=153", "MainPID=0");
    assertThat(run("journalctl -u iotedge -n 5 --no-pager").output())
        .contains("The daemon could not start up successfully")
        .contains("\tcaused by: Edge device information is required.");
  }

  @Test
  void runsItsModulesOnceProvisioned() throws IOException {
    provision(device);
    assertThat(run("systemctl restart iotedge").exitCode()).isZero();
    assertThat(run("systemctl is-active iotedge")).isEqualTo(new Result(0, "active\n", ""));
    assertThat(run(SHOW + "iotedge").output())
        .contains("ActiveState=active", "SubState=running", "ExecMainStatus=0")
        .doesNotContain("MainPID=0\n");
    String[] lines = run("iotedge list").output().split("\n", -1);
    assertThat(lines[0]).matches("NAME +STATUS {11}DESCRIPTION {6}CONFIG");
    assertThat(Stream.of(lines).filter(line -> line.contains("edgeAgent")).toList())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .matches(
                        "edgeAgent +running {10}Up (a second|\\d seconds) +"
                            + "mcr.microsoft.com/azureiotedge-agent:1.1"));
    assertThat(lines).anyMatch(line -> line.startsWith("edgeHub "));
    assertThat(run("cat var/log/iotedge.log").output())
        .contains("Starting Azure IoT Edge Security Daemon")
        .contains("Version - 1.1.19")
        .contains("manual mode using X509 identity certificate...")
        .contains("Finished provisioning edge device.");

    assertThat(run("systemctl stop iotedge; systemctl is-active iotedge"))
        .isEqualTo(new Result(3, "inactive\n", ""));
  }

  @Test
  void alignsTheListAsTheRealCommandDoes() throws IOException {
    provision(device);
    Files.writeString(device.directory().resolve("var/lib/iotedge/sample-module"), "");
    run("systemctl start iotedge");
    long twoDays = Instant.now().getEpochSecond() - 2 * 86_400;
    run("echo " + twoDays + " >var/lib/systemd/iotedge.service/since");
    assertThat(run("iotedge list").output())
        .isEqualTo(
            """
            NAME                        STATUS           DESCRIPTION      CONFIG
            SimulatedTemperatureSensor  running          Up 2 days        mcr.microsoft.com/azureiotedge-simulated-temperature-sensor:1.0
            edgeAgent                   running          Up 2 days        mcr.microsoft.com/azureiotedge-agent:1.1
            edgeHub                     running          Up 2 days        mcr.microsoft.com/azureiotedge-hub:1.1
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s|^provisioning:| provisioning:|",
        "s|file:///|/|",
        "s|/device.key.pem|/missing.pem|",
        "s|\"device-1\"|\"<REQUIRED DEVICE ID>\"|",
        "s|method: \"x509\"|method: \"sas\"|",
        "/device_id/d",
        "s|^provisioning:|# provisioning:|",
      })
  void staysDownWithABadConfiguration(String sed) throws IOException {
    provision(device);
    run("systemctl start iotedge");
    assertThat(run("systemctl is-active iotedge").output()).isEqualTo("active\n");
    run("chmod u+w etc/iotedge/config.yaml; sed -i '" + sed + "' etc/iotedge/config.yaml");
    run("systemctl restart iotedge");
    assertThat(run(SHOW + "iotedge").output()).contains("ActiveState=failed", "ExecMainStatus=153");
    assertThat(run("iotedge list").exitCode()).isEqualTo(1);
  }

  @Test
  void notesThatAChangedConfigurationRemovesTheModules() throws IOException {
    provision(device);
    run("systemctl restart iotedge; systemctl restart iotedge");
    assertThat(run("cat var/log/iotedge.log").output()).doesNotContain("Removing all modules");
    run("chmod u+w etc/iotedge/config.yaml; echo '# note' >>etc/iotedge/config.yaml");
    run("systemctl restart iotedge");
    assertThat(run("cat var/log/iotedge.log").output())
        .contains("Change to configuration file detected.", "Removing all modules...");
  }

  @Test
  void answersForUnitsAsSystemdDoes() {
    assertThat(run("systemctl show -p LoadState --value nothing").output())
        .isEqualTo("not-found\n");
    assertThat(run("systemctl start nothing"))
        .isEqualTo(
            new Result(
                5, "", "Failed to start nothing.service: Unit nothing.service not found.\n"));
    assertThat(run("systemctl is-active iotedge.socket").output()).isEqualTo("active\n");
    run("systemctl disable iotedge");
    assertThat(run("systemctl show --property=UnitFileState iotedge").output())
        .isEqualTo("UnitFileState=disabled\n");
    run("systemctl enable iotedge");
    assertThat(run("systemctl is-enabled iotedge").output()).isEqualTo("enabled\n");
    assertThat(run("systemctl status iotedge").exitCode()).isEqualTo(3);
    assertThat(run("systemctl dance").exitCode()).isEqualTo(1);
  }

  @Test
  void killsWhatRunsWhenTheConnectionIsClosed() throws Exception {
    RemoteProcess process = connection.start("sleep 299 & echo $!; wait");
    StringBuilder pid = new StringBuilder();
    for (int c = process.output().read(); c != '\n'; c = process.output().read()) {
      pid.append((char) c);
    }
    ProcessHandle sleep = ProcessHandle.of(Long.parseLong(pid.toString())).orElseThrow();
    connection.close();
    sleep.onExit().get(180, TimeUnit.SECONDS);
  }

  @Test
  void leavesNothingBehind() throws Exception {
    RemoteProcess process = connection.start("sleep 298 & echo $!; wait");
    StringBuilder pid = new StringBuilder();
    for (int c = process.output().read(); c != '\n'; c = process.output().read()) {
      pid.append((char) c);
    }
    long sleep = Long.parseLong(pid.toString());
    int port = fleet.ports().get("edge-1");
    fleet.close();

    assertThat(Processes.runs(sleep)).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("edgefleet-device-"));
    assertThatThrownBy(() -> process.await(Duration.ofSeconds(10))).isInstanceOf(Unreachable.class);
    SshTarget gone =
        new SshTarget(
            "127.0.0.1", port, fleet.user(), List.of(fleet.clientKey()), Optional.empty());
    assertThatThrownBy(() -> transport.connect(gone))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("refused the connection");
  }

  @Test
  void saysThatItsDirectoryCannotBeUsed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> EmbeddedFleet.start(file.resolve("below"), List.of("a")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void servesTwoHundredDevicesAtOnce() {
    List<String> names = IntStream.range(0, 200).mapToObj(i -> "device-" + i).toList();
    try (EmbeddedFleet many = EmbeddedFleet.start(directory.resolve("many"), names);
        SshTransport toMany = transport(many);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> all =
          names.stream()
              .map(
                  name ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try (Connection to = toMany.connect(target(many, name))) {
                              return ConnectionContract.run(to, "basename $PWD; iotedge version")
                                  .output();
                            }
                          },
                          threads))
              .toList();
      for (int i = 0; i < names.size(); i++) {
        assertThat(all.get(i).join()).isEqualTo("device-" + i + "\niotedge 1.1.19\n");
      }
    }
  }

  private Result run(String commandLine) {
    return ConnectionContract.run(connection, commandLine);
  }

  private static void provision(EmbeddedDevice device) throws IOException {
    Path config = device.directory().resolve("etc/iotedge/config.yaml");
    Path certificate = device.directory().resolve("etc/iotedge/device.pem");
    Path key = device.directory().resolve("etc/iotedge/device.key.pem");
    Files.writeString(certificate, "certificate");
    Files.writeString(key, "key");
    String block =
        """
        provisioning:
          source: "manual"
          authentication:
            method: "x509"
            iothub_hostname: "hub.example.net"
            device_id: "device-1"
            identity_cert: "file://%s"
            identity_pk: "file://%s" # a note
          dynamic_reprovisioning: false
        """
            .formatted(certificate, key);
    String text =
        Files.readString(config)
            .replaceFirst("(?m)^provisioning:\n(  .*\n)+", block.replace("\\", "\\\\"));
    Files.delete(config);
    Files.writeString(config, text);
  }

  private static SshTransport transport(EmbeddedFleet fleet) {
    return new SshTransport(
        new SshSettings(
            fleet.knownHosts(),
            false,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Optional.empty(),
            file -> Optional.empty(),
            32));
  }

  private static SshTarget target(EmbeddedFleet fleet, String name) {
    return new SshTarget(
        "127.0.0.1",
        fleet.ports().get(name),
        fleet.user(),
        List.of(fleet.clientKey()),
        Optional.empty());
  }

  private static String openSsh(String... words) {
    try {
      Process process =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output =
          new String(ConnectionContract.drain(process.getInputStream()), StandardCharsets.UTF_8);
      return output + process.waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
