package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.simulator.EmbeddedFleet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a real pseudo-terminal, with the live display up. */
class InterruptIT {
  private static final int LOCALS = 8;
  // Whoever waits for this to end is not done in time.
  private static final int A_LONG_TIME = 1_000;

  /** Their commands have the same terminal as edgefleet itself. */
  private static final String LOCAL =
      IntStream.range(0, LOCALS)
          .mapToObj("    l%d: {ansible_connection: local}\n"::formatted)
          .collect(Collectors.joining());

  @TempDir Path directory;

  @Test
  void theRunningStepEndsAndTheReportIsWritten() throws Exception {
    List<RunEvent> events = interrupted(3, 1, LOCAL);
    assertThat(events)
        .filteredOn(RunEvent.StepEnded.class::isInstance)
        .hasSize(1 + LOCALS)
        .allSatisfy(step -> assertThat(((RunEvent.StepEnded) step).output()).contains("slept"));
  }

  @Test
  void theSecondTimeTheRunningStepIsCutOff() throws Exception {
    List<RunEvent> events = interrupted(A_LONG_TIME, 2, "");
    // What was cut short has no end: a resumed run comes back to it.
    assertThat(events).noneMatch(RunEvent.StepEnded.class::isInstance);
    assertThat(events).anyMatch(RunEvent.StepStarted.class::isInstance);
  }

  @Test
  void whatIsCutOffOnTheControllerItselfHasNotFailedEither() throws Exception {
    List<RunEvent> events = interrupted(A_LONG_TIME, 2, LOCAL);
    assertThat(events).filteredOn(RunEvent.StepStarted.class::isInstance).hasSize(1 + LOCALS);
    assertThat(events).noneMatch(RunEvent.StepEnded.class::isInstance);
    assertThat(events).noneMatch(RunEvent.DeviceEnded.class::isInstance);
  }

  /**
   * What the journal says of a run whose only step takes so long.
   *
   * @param more lines of the inventory
   */
  private List<RunEvent> interrupted(int seconds, int times, String more) throws Exception {
    Path script = Peer.require("script", "bsdutils");
    try (EmbeddedFleet fleet = EmbeddedFleet.start(directory.resolve("fleet"), List.of("one"))) {
      Files.writeString(
          directory.resolve("i.yml"),
          """
          all:
            hosts:
              one: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s,
                    ansible_ssh_private_key_file: %s}
          %s"""
              .formatted(fleet.ports().get("one"), fleet.user(), fleet.clientKey(), more));
      Path started = Files.createDirectory(directory.resolve("started"));
      int devices = 1 + (int) more.lines().count();
      Files.writeString(
          directory.resolve("p.yml"),
          """
          - hosts: all
            gather_facts: false
            tasks:
              - command: sh -c 'touch %s/{{ inventory_hostname }}; sleep %d; echo slept'
              - debug: {msg: never}
          """
              .formatted(started, seconds));
      String command =
          String.join(
              " ",
              String.join(" ", Program.command()),
              "run",
              directory.resolve("p.yml").toString(),
              "-i",
              directory.resolve("i.yml").toString(),
              "--known-hosts",
              fleet.knownHosts().toString(),
              "--runs",
              directory.resolve("runs").toString());
      // A build in the background ignores INT, and would hand that down.
      Process process =
          new ProcessBuilder(
                  "env",
                  "--default-signal=INT",
                  "EDGEFLEET_STATE=" + directory.resolve("state"),
                  "TERM=xterm",
                  script.toString(),
                  "-qec",
                  command,
                  "/dev/null")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("screen").toFile())
              .start();
      try (OutputStream keyboard = process.getOutputStream()) {
        Await.until(devices + " commands", () -> count(started) == devices);
        for (int i = 0; i < times; i++) {
          keyboard.write(3);
          keyboard.flush();
          Thread.sleep(1_000);
        }
        Await.end(process);
      }
      String screen = Files.readString(directory.resolve("screen"), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(screen).isEqualTo(130);
      assertThat(screen).contains("stopping: no new steps").doesNotContain("Exception");
    }
    Path run;
    try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
      run = runs.findFirst().orElseThrow();
    }
    assertThat(run.resolve("report.html")).exists();
    List<RunEvent> events = JournalReader.read(run).stream().map(JournalEntry::event).toList();
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            RunEvent.RunSuspended.class,
            suspended -> assertThat(suspended.exitCode()).isEqualTo(130));
    return events;
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
