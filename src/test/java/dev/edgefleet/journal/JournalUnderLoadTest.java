package dev.edgefleet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.Program;
import dev.edgefleet.journal.RunEvent.DeviceStarted;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.Verdict;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalUnderLoadTest {
  private static final int THREADS = 500;
  private static final int EACH = 20;

  @TempDir Path temp;

  @Test
  void fiveHundredDevicesAppendWithoutGapsAndEachInItsOwnOrder() throws Exception {
    List<JournalEntry> acknowledged = new ArrayList<>();
    try (SqliteJournal journal = SqliteJournal.create(temp);
        ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<JournalEntry>>> work = new ArrayList<>();
      for (int device = 0; device < THREADS; device++) {
        String name = "device-" + device;
        work.add(
            () -> {
              List<JournalEntry> mine = new ArrayList<>();
              for (int play = 1; play <= EACH; play++) {
                mine.add(journal.append(new DeviceStarted(play, name)));
              }
              return mine;
            });
      }
      for (Future<List<JournalEntry>> mine : devices.invokeAll(work)) {
        acknowledged.addAll(mine.get());
      }
    }

    List<JournalEntry> written = JournalReader.read(temp);
    assertThat(written)
        .extracting(JournalEntry::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, THREADS * EACH).boxed().toList());
    assertThat(written).containsExactlyInAnyOrderElementsOf(acknowledged);
    Map<String, Integer> last = new HashMap<>();
    for (JournalEntry entry : written) {
      DeviceStarted event = (DeviceStarted) entry.event();
      assertThat(event.play()).isEqualTo(last.getOrDefault(event.device(), 0) + 1);
      last.put(event.device(), event.play());
    }
    assertThat(AuditTrail.check(temp)).isNotInstanceOf(Verdict.Broken.class);
  }

  @Test
  void whatWasAcknowledgedSurvivesKill() throws Exception {
    Process child =
        new ProcessBuilder(
                Program.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AppendUntilKilled.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == 3000) {
          // SIGKILL; unlike Process it leaves the pipe open, with what was acknowledged before it.
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(child.waitFor()).isEqualTo(128 + 9);

    List<String> written =
        JournalReader.read(temp).stream()
            .map(entry -> entry.sequence() + " " + entry.hash())
            .toList();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(3000);
    assertThat(written).containsAll(acknowledged);
    assertThat(AuditTrail.check(temp)).isNotInstanceOf(Verdict.Broken.class);
  }

  @Test
  void aFullDiskFailsEveryAppendAndLosesNothingAcknowledged() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "a small disk can only be made by root");
    Path disk = Files.createDirectory(temp.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    try {
      List<JournalEntry> acknowledged = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      SqliteJournal journal = SqliteJournal.create(disk.resolve("r1"));
      try (ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<List<JournalEntry>>> all = new ArrayList<>();
        for (int device = 0; device < 50; device++) {
          String name = "device-" + device + "x".repeat(500);
          all.add(
              devices.submit(
                  () -> {
                    List<JournalEntry> mine = new ArrayList<>();
                    try {
                      for (int play = 1; ; play++) {
                        mine.add(journal.append(new DeviceStarted(play, name)));
                      }
                    } catch (JournalFailed e) {
                      synchronized (failures) {
                        failures.add(e);
                      }
                    }
                    return mine;
                  }));
        }
        for (Future<List<JournalEntry>> mine : all) {
          acknowledged.addAll(mine.get());
        }
      }
      assertThat(failures).hasSize(50).allSatisfy(e -> assertThat(e).hasMessageContaining("full"));
      assertThatThrownBy(() -> journal.append(new DeviceStarted(1, "later")))
          .isInstanceOf(JournalFailed.class)
          .hasMessageContaining("full");
      journal.close();

      Path copy = Files.createDirectory(temp.resolve("copy"));
      run("sh", "-c", "cp " + disk.resolve("r1") + "/* " + copy);
      assertThat(acknowledged).isNotEmpty();
      assertThat(JournalReader.read(copy)).containsAll(acknowledged);
      assertThat(AuditTrail.check(copy)).isNotInstanceOf(Verdict.Broken.class);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
        .as(String.join(" ", command))
        .isZero();
  }
}
