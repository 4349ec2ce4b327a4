package dev.edgefleet.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Sample;
import dev.edgefleet.simulator.EmbeddedFleet;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.RemoteProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sessions at once on few threads. */
final class ScaleTest {
  private static final int SESSIONS = Sample.AT_LENGTH ? 300 : 120;

  @TempDir private Path directory;

  @Test
  void holdsManySessionsOnFewThreads() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(SESSIONS);
    CountDownLatch release = new CountDownLatch(1);
    int before = platformThreads().size();
    List<String> names = IntStream.range(0, SESSIONS).mapToObj(i -> "device-" + i).toList();
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory, names);
        SshTransport transport =
            new SshTransport(
                Settings.connectLimit(Settings.with(fleet.knownHosts()), Duration.ofMinutes(2)));
        ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> all =
          IntStream.range(0, SESSIONS)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> hold(transport, target(fleet, names.get(i)), held, release),
                          devices))
              .toList();
      held.await();
      List<String> during = platformThreads();
      release.countDown();
      assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo("released\n"));
      assertThat(during).hasSizeLessThan(before + 30);
    }
  }

  private static String hold(
      SshTransport transport, SshTarget target, CountDownLatch held, CountDownLatch release) {
    try (Connection connection = transport.connect(target);
        RemoteProcess process = connection.start("read -r line; echo $line")) {
      held.countDown();
      release.await();
      ConnectionContract.feed(process.input(), "released\n".getBytes(StandardCharsets.UTF_8));
      return new String(ConnectionContract.drain(process.output()), StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      held.countDown();
    }
  }

  private static SshTarget target(EmbeddedFleet fleet, String name) {
    return new SshTarget(
        "127.0.0.1",
        fleet.ports().get(name),
        fleet.user(),
        List.of(fleet.clientKey()),
        Optional.empty());
  }

  // Less those of the devices, each of which waits for a process of its own.
  private static List<String> platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith("edgefleet-device-"))
        .filter(name -> !name.startsWith("process reaper"))
        .filter(name -> !name.contains("FleetServer"))
        .toList();
  }
}
