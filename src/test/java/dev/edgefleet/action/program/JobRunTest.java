package dev.edgefleet.action.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.edgefleet.Await;
import dev.edgefleet.action.LocalDevice;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.local.LocalConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code job: true}, with what becomes of the connection and of the run meanwhile. */
class JobRunTest {
  // Or until the test is over and its directory gone, so that nothing stays behind.
  private static final String UNTIL_GO = "while [ ! -e go ] && [ -e state ]; do sleep 0.1; done";

  @TempDir Path directory;

  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  private LocalDevice device() {
    return new LocalDevice(directory, this::connect, Optional.empty());
  }

  private Connection connect() {
    Connection made =
        new LocalConnection(
            directory, Map.of("EDGEFLEET_STATE", directory.resolve("state").toString()));
    connections.add(made);
    return made;
  }

  private void await(String file) {
    Await.until(file, () -> Files.exists(directory.resolve(file)));
  }

  @Test
  void theResultIsThatOfAProgramWithoutAJob() {
    String text = "{cmd: 'echo out; echo err >&2; exit %d', job: %b}";
    for (int code : List.of(0, 3, 127)) {
      Outcome plain = device().apply("shell", text.formatted(code, false));
      LocalDevice device = device();
      device.step = "step-" + code;
      Outcome job = device.apply("shell", text.formatted(code, true));

      assertThat(job).isEqualTo(plain);
    }
  }

  @Test
  void aCutConnectionDoesNotEndIt() throws Exception {
    Thread cutter =
        Thread.startVirtualThread(
            () -> {
              try {
                await("begun");
                Thread.sleep(Duration.ofMillis(700));
                // Between two operations it has nothing to cut.
                for (int i = 0; i < 150 && connections.size() < 2; i++) {
                  connections.getLast().close();
                  Thread.sleep(200);
                }
                Files.createFile(directory.resolve("go"));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    Outcome outcome =
        device()
            .apply(
                "shell",
                "{cmd: 'echo x >>count; : >begun; " + UNTIL_GO + "; cat count', job: true}");

    cutter.join();
    assertThat(connections).hasSizeGreaterThan(1);
    assertThat(outcome.values()).containsEntry("rc", 0L).containsEntry("stdout", "x");
  }

  @Test
  void anotherProcessOfTheRunFindsTheReceipt() throws Exception {
    String yaml = "{cmd: 'echo x >>count; " + UNTIL_GO + "; echo done', job: true}";
    LocalDevice first = device();
    first.step = "s";
    Thread stopper =
        Thread.startVirtualThread(
            () -> {
              try {
                await("count");
                first.stopped = true;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    assertThatThrownBy(() -> first.apply("shell", yaml))
        .isInstanceOf(InDoubt.class)
        .hasMessageContaining("goes on on the device");
    stopper.join();
    Files.createFile(directory.resolve("go"));
    LocalDevice next = device();
    next.run = first.run;
    next.step = first.step;
    Outcome resumed = next.apply("shell", yaml);

    assertThat(resumed.values()).containsEntry("stdout", "done");
    assertThat(directory.resolve("count")).hasContent("x");
  }

  @Test
  void atTheEndOfItsTimeItIsEnded() throws Exception {
    LocalDevice device = device();
    device.ends = Instant.now().plusSeconds(6);

    StepFailed failure =
        catchThrowableOfType(
            StepFailed.class,
            () -> device.apply("shell", "{cmd: 'echo so far; sleep 300; : >late', job: true}"));

    assertThat(failure.what()).contains("was over").contains("exit code 143");
    assertThat(failure.outputTail()).isEqualTo("so far\n");
  }

  @Test
  void oneThatWasKilledIsInDoubt() throws Exception {
    Thread killer =
        Thread.startVirtualThread(
            () -> {
              try {
                await("begun");
                ProcessHandle.of(lookedAfterBy()).orElseThrow().destroyForcibly();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    InDoubt failure =
        catchThrowableOfType(
            InDoubt.class,
            () ->
                device()
                    .apply("shell", "{cmd: 'echo half; : >begun; " + UNTIL_GO + "', job: true}"));

    killer.join();
    Files.createFile(directory.resolve("go"));
    assertThat(failure.what())
        .contains("the program still runs")
        .contains("the last it printed: half");
    assertThat(failure.remedy()).contains(directory.resolve("state/jobs").toString());
  }

  private long lookedAfterBy() throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("state"))) {
      Path started = files.filter(path -> path.endsWith("started")).findFirst().orElseThrow();
      return Files.readAllLines(started).stream()
          .filter(line -> line.startsWith("pid "))
          .mapToLong(line -> Long.parseLong(line.substring(4)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void whatItCreatesMakesItUnnecessary() throws Exception {
    Files.createFile(directory.resolve("a"));

    Outcome outcome = device().apply("command", "{cmd: touch b, creates: a, job: true}");

    assertThat(outcome.status()).isEqualTo(Outcome.Status.OK);
    assertThat(directory.resolve("b")).doesNotExist();
  }

  @Test
  void onlyWhatLooksFirstMayBeRepeated() {
    assertThat(ProgramRun.repeatable(false, Optional.empty(), Optional.empty())).isFalse();
    assertThat(ProgramRun.repeatable(true, Optional.empty(), Optional.empty())).isTrue();
    assertThat(ProgramRun.repeatable(false, Optional.of("a"), Optional.empty())).isTrue();
    assertThat(ProgramRun.repeatable(false, Optional.empty(), Optional.of("a"))).isTrue();
  }
}
