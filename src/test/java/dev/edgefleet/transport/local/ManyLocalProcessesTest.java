package dev.edgefleet.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.transport.RemoteProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyLocalProcessesTest {
  private static final int MORE_THAN_PROCESSORS =
      8 + 4 * Runtime.getRuntime().availableProcessors();

  @TempDir Path directory;

  /** Each ends only when all have begun. */
  @Test
  void quietCommandsHoldNobodyUp() throws Exception {
    List<Future<String>> all = new ArrayList<>();
    try (ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor();
        LocalConnection connection = new LocalConnection(directory, Map.of())) {
      for (int i = 0; i < MORE_THAN_PROCESSORS; i++) {
        int number = i;
        all.add(
            devices.submit(
                () -> {
                  try (RemoteProcess process =
                      connection.start(
                          "touch begun-%d; while [ $(ls | grep -c begun) -lt %d ]; do sleep 0.1; done; cat"
                              .formatted(number, MORE_THAN_PROCESSORS))) {
                    process.input().write("hello".getBytes(StandardCharsets.UTF_8));
                    process.input().close();
                    byte[] said = process.output().readAllBytes();
                    assertThat(process.await(Duration.ofMinutes(2))).isZero();
                    return new String(said, StandardCharsets.UTF_8);
                  }
                }));
      }
      for (Future<String> one : all) {
        assertThat(one.get()).isEqualTo("hello");
      }
    }
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(MORE_THAN_PROCESSORS);
    }
  }
}
