package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.PosixContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The SSH server of small devices has to do as well. */
final class DropbearContractTest implements PosixContract {
  @TempDir private static Path directory;

  private static Dropbear dropbear;
  private static SshTransport transport;

  @BeforeAll
  static void start() {
    dropbear = Dropbear.start(directory);
    transport = new SshTransport(Settings.with(dropbear.knownHosts()));
  }

  @AfterAll
  static void stop() {
    if (dropbear != null) {
      transport.close();
      dropbear.close();
    }
  }

  @Override
  public Connection connect() {
    return transport.connect(dropbear.target());
  }
}
