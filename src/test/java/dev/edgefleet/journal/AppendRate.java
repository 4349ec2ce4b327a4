package dev.edgefleet.journal;

import dev.edgefleet.journal.RunEvent.StepEnded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Measures appends a second into the directory named as the argument, by number of threads. */
final class AppendRate {
  private AppendRate() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    measure(directory.resolve("warm-up"), 500, 20_000);
    for (int threads : new int[] {1, 50, 500}) {
      int records = threads == 1 ? 5_000 : 50_000;
      double rate = measure(directory.resolve("t" + threads), threads, records);
      System.out.printf("%d threads: %.0f appends/s%n", threads, rate);
    }
  }

  private static double measure(Path directory, int threads, int records) {
    long start = System.nanoTime();
    try (SqliteJournal journal = SqliteJournal.create(directory);
        ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < threads; thread++) {
        String device = "device-" + thread;
        devices.execute(
            () -> {
              for (int n = 0; n < records / threads; n++) {
                journal.append(step(device, n));
              }
            });
      }
    }
    return records / ((System.nanoTime() - start) / 1e9);
  }

  private static StepEnded step(String device, int n) {
    return new StepEnded(
        new StepId("r1", device, "1." + n, "", 1),
        "Write the identity certificate's paths into the configuration",
        "iotedge_config",
        "playbooks/provision.yaml:14:7",
        StepStatus.CHANGED,
        true,
        1234,
        "Changed 4 lines of /etc/iotedge/config.yaml",
        "",
        List.of(),
        "",
        Map.of(),
        "");
  }
}
