package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.file.TouchFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes of several runs that come to one device at the same moment. */
class LockRaceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROUNDS = 5;
  private static final int RUNS = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Shells.class)
  void exactlyOneRunGetsTheDevice(Shells shell) throws Exception {
    Path programs = directory.resolve("programs");
    shell.fill(programs, List.of());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        Path device = Files.createDirectory(directory.resolve("device" + round));
        CyclicBarrier start = new CyclicBarrier(RUNS);
        List<Future<Optional<String>>> attempts = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
          attempts.add(threads.submit(attempt("run" + run, shell, programs, device, start)));
        }
        List<String> refusals = new ArrayList<>();
        for (Future<Optional<String>> attempt : attempts) {
          attempt.get().ifPresent(refusals::add);
        }
        String lock = Files.readString(device.resolve("state/lock"));
        String winner = lock.substring(0, lock.indexOf(' '));
        assertThat(refusals)
            .hasSize(RUNS - 1)
            .allSatisfy(
                said -> assertThat(said).contains("another run holds this device: " + winner));
        assertThat(device.toFile().list()).containsExactlyInAnyOrder("state", winner);
        assertThat(device.resolve("state").toFile().list()).containsExactly("lock");
      }
    }
  }

  private static Callable<Optional<String>> attempt(
      String run, Shells shell, Path programs, Path device, CyclicBarrier start) {
    DeviceShell deviceShell =
        new DeviceShell(
            new ShellConnection(List.of(), shell.command(), programs.toString(), device),
            Optional.empty());
    TouchFile touch =
        new TouchFile(
            device.resolve(run).toString(), Optional.empty(), Optional.empty(), Optional.empty());
    return () -> {
      start.await();
      try {
        deviceShell.perform(touch, new OperationHeader(run, "s", "1/" + run + "@control"), LIMIT);
        return Optional.empty();
      } catch (StepFailed refused) {
        return Optional.of(refused.what());
      }
    };
  }
}
