package dev.edgefleet.transport.winrm;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.Hostile;
import dev.edgefleet.transport.Ordeal;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A device that attacks is that device's failure, in time, and costs little memory. */
final class HostileWinRmTest {
  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> everyAttackIsGivenUp() throws IOException, InterruptedException {
    return Ordeal.tests(HostileWinRmTest.class, HostileWinRm.values(), directory);
  }

  /** The process with the product in it. */
  public static void main(String[] arguments) throws InterruptedException {
    Ordeal.run(HostileWinRm.values(), HostileWinRmTest::approach);
    System.exit(0);
  }

  private static void approach(Hostile device, int port) {
    boolean tls = ((HostileWinRm) device).tls();
    Secret password = Secret.of("s3cret");
    WinRmTarget target =
        (tls
                ? WinRmTarget.https(
                    "127.0.0.1", "edge", password, Authentication.BASIC, new Trust.Anyone())
                : WinRmTarget.http("127.0.0.1", "edge", password, Authentication.BASIC))
            .withPort(port)
            .withLimits(device.connectLimit(), Duration.ofSeconds(1));
    try (Connection connection = new WinRmTransport().connect(target);
        RemoteProcess process = connection.start("x", device.startLimit())) {
      Thread.startVirtualThread(() -> read(process));
      Thread.startVirtualThread(() -> ConnectionContract.feed(process.input(), new byte[1 << 20]));
      process.await(device.limit());
    }
  }

  private static void read(RemoteProcess process) {
    try {
      process.output().transferTo(OutputStream.nullOutputStream());
    } catch (IOException lost) {
      // Said by the process as well.
    }
  }
}
