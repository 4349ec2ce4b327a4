package dev.edgefleet.journal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunFoldTest {
  private static final Instant START = Instant.parse("2026-11-24T08:30:00Z");

  private long sequence;

  /**
   * Whoever adds an event has one class to look at: what else knows all of them would be another
   * fold.
   */
  @Test
  void nothingElseKnowsEveryEvent() throws Exception {
    List<String> events =
        Arrays.stream(RunEvent.class.getPermittedSubclasses()).map(Class::getName).toList();
    Path classes =
        Path.of(RunFold.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> knowing;
    try (Stream<Path> files = Files.walk(classes)) {
      knowing =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(file -> namesAll(file, events))
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList();
    }
    assertThat(knowing).containsExactly("RunEvent.class", "RunFold.class");
  }

  // What a class names is in its constants, also what a switch tells apart.
  private static boolean namesAll(Path file, List<String> classes) {
    try {
      String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
      return classes.stream().allMatch(name -> constants.contains(name.replace('.', '/')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void countsWithoutKeepingSteps() {
    RunFold run = RunFold.counting();
    tell(run, 100, 20);
    assertThat(run.devices())
        .hasSize(100)
        .allSatisfy(
            device -> {
              assertThat(device.steps()).isEmpty();
              assertThat(device.lastEnded()).isEmpty();
              assertThat(device.part(1).orElseThrow().counts())
                  .isEqualTo(new StepCounts(20, 20, 0, 0, 0, 20 * 7));
            });
    assertThat(run.play(1).orElseThrow().told()).isEmpty();
    assertThat(run.wave(1, 1).orElseThrow().count(DeviceStatus.OK)).isEqualTo(100);
    assertThat(run.working()).isEmpty();
  }

  @Test
  void theWholeRunKeepsThem() {
    RunFold run = RunFold.whole();
    tell(run, 3, 4);
    assertThat(run.device("d2").orElseThrow().steps())
        .extracting(step -> step.id().path())
        .containsExactly("1.1", "1.2", "1.3", "1.4");
    assertThat(run.play(1).orElseThrow().told()).hasSize(3);
  }

  @Test
  void whatIsSaidBeforeAnyPlayBelongsToTheFirst() {
    RunFold run = RunFold.whole();
    add(run, started(List.of("d0")));
    RunEvent.RunPaused paused = new RunEvent.RunPaused("ann@control", "");
    add(run, paused);
    add(run, new RunEvent.PlayStarted(1, "p", List.of("d0")));
    assertThat(run.play(1).orElseThrow().told()).containsExactly(paused);
  }

  private void tell(RunFold run, int devices, int steps) {
    List<String> names = IntStream.range(0, devices).mapToObj(i -> "d" + i).toList();
    add(run, started(names));
    add(run, new RunEvent.PlayStarted(1, "p", names));
    add(run, new RunEvent.WaveStarted(1, 1, 1, "all", names));
    for (String name : names) {
      add(run, new RunEvent.DeviceStarted(1, name));
      for (int i = 1; i <= steps; i++) {
        StepId step = new StepId("r", name, "1." + i, "", 1);
        add(run, new RunEvent.StepStarted(step, "t", "copy", "p.yml:1:1"));
        add(
            run,
            new RunEvent.StepEnded(
                step,
                "t",
                "copy",
                "p.yml:1:1",
                StepStatus.CHANGED,
                true,
                7,
                "",
                "",
                List.of(),
                "",
                Map.of(),
                ""));
      }
      add(run, new RunEvent.DeviceEnded(1, name, DeviceStatus.OK));
    }
  }

  private static RunEvent started(List<String> devices) {
    return new RunEvent.RunStarted(
        "r",
        "ann@control",
        List.of("edgefleet", "run"),
        "0.1.0",
        new RunEvent.Source("p.yml", "00"),
        List.of(),
        false,
        devices,
        Optional.empty());
  }

  private void add(RunFold run, RunEvent event) {
    sequence++;
    run.add(new JournalEntry(sequence, START.plusSeconds(sequence), event, "00"));
  }
}
