package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.PosixContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class OpenSshContractTest implements PosixContract {
  @TempDir private static Path directory;

  private static Sshd sshd;
  private static SshTransport transport;

  @BeforeAll
  static void start() {
    sshd = Sshd.start(directory);
    transport = new SshTransport(Settings.with(sshd.knownHosts()));
  }

  @AfterAll
  static void stop() {
    transport.close();
    sshd.close();
  }

  @Override
  public Connection connect() {
    return transport.connect(sshd.target());
  }
}
