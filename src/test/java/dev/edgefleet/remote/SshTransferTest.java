package dev.edgefleet.remote;

import dev.edgefleet.remote.file.TransferContract;
import dev.edgefleet.simulator.EmbeddedFleet;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SshTransferTest implements TransferContract {
  @TempDir private static Path directory;

  private static EmbeddedFleet fleet;
  private static SshTransport transport;

  @BeforeAll
  static void start() {
    fleet = EmbeddedFleet.start(directory, List.of("device"));
    transport =
        new SshTransport(
            new SshSettings(
                SshConfig.NONE,
                Optional.of(fleet.knownHosts()),
                false,
                Optional.empty(),
                Duration.ofSeconds(10),
                Optional.empty(),
                key -> Optional.empty(),
                4));
  }

  @AfterAll
  static void stop() {
    transport.close();
    fleet.close();
  }

  @Override
  public Connection connect() {
    return transport.connect(
        new SshTarget(
            "127.0.0.1",
            fleet.ports().get("device"),
            fleet.user(),
            List.of(fleet.clientKey()),
            Optional.empty()));
  }

  @Override
  public String path(String name) {
    return fleet.devices().get("device").directory().resolve(name).toString();
  }
}
