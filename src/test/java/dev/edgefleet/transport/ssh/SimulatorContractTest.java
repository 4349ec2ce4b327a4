package dev.edgefleet.transport.ssh;

import dev.edgefleet.simulator.EmbeddedFleet;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.PosixContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An embedded device must be as good as a real one. */
final class SimulatorContractTest implements PosixContract {
  @TempDir private static Path directory;

  private static EmbeddedFleet fleet;
  private static SshTransport transport;

  @BeforeAll
  static void start() {
    fleet = EmbeddedFleet.start(directory, List.of("other", "device"));
    transport = new SshTransport(Settings.with(fleet.knownHosts()));
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
}
