package dev.edgefleet.transport.ssh;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Hostile;
import dev.edgefleet.transport.Ordeal;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A device that attacks is that device's failure, in time, and costs little memory. */
final class HostileSshTest {
  @TempDir private Path directory;

  private static Hostile[] devices() {
    return Stream.<Hostile>concat(Stream.of(HostileSsh.values()), Stream.of(HostileLogin.values()))
        .toArray(Hostile[]::new);
  }

  @TestFactory
  Stream<DynamicTest> everyAttackIsGivenUp() throws IOException, InterruptedException {
    return Ordeal.tests(HostileSshTest.class, devices(), directory);
  }

  /** The process with the product in it. */
  public static void main(String[] arguments) throws InterruptedException {
    Path directory = Path.of(arguments[0]);
    Ordeal.run(devices(), (device, port) -> approach(directory, device, port));
    System.exit(0);
  }

  private static void approach(Path parent, Hostile device, int port) throws IOException {
    Path directory = Files.createTempDirectory(parent, "device");
    SshSettings settings =
        Settings.connectLimit(
            Settings.acceptNew(Settings.with(directory.resolve("known_hosts"))),
            device.connectLimit());
    SshTarget target =
        new SshTarget("127.0.0.1", port, "edge", List.of(), Optional.of(Secret.of("s3cret")));
    try (SshTransport transport = new SshTransport(settings, directory);
        Connection connection = transport.connect(target);
        RemoteProcess process = connection.start("x", device.startLimit())) {
      Thread.startVirtualThread(() -> read(process));
      Thread.startVirtualThread(() -> write(process));
      process.await(device.limit());
    }
  }

  // More than the heap holds.
  private static void write(RemoteProcess process) {
    byte[] part = new byte[1 << 20];
    try (OutputStream input = process.input()) {
      for (int i = 0; i < 500; i++) {
        input.write(part);
      }
    } catch (IOException lost) {
      // Said by the process as well.
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
