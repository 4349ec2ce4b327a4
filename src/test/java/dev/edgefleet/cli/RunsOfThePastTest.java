package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.progress.ToldRun;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at runs. */
class RunsOfThePastTest {
  private static final String ENDED = "20261122-080000-aaaa";
  private static final String WAITING = "20261123-080000-bbbb";
  private static final String CUT_OFF = "20261124-080000-cccc";

  @TempDir Path directory;
  private Path runs;
  private Cli cli;

  @BeforeEach
  void threeRuns() {
    cli = new Cli(directory);
    runs = directory.resolve("runs");
    ToldRun ended = new ToldRun(3).wave(1, 1, "batch 1", ToldRun.names(1, 3));
    ended.changes("d1", "Write").fails("d2", "Write", "no space on d2");
    ended
        .fails("d3", "Write", "no space on d3")
        .tell(new RunEvent.RunEnded(3, Optional.empty()))
        .written(runs, ENDED);
    ToldRun waiting = new ToldRun(3).wave(1, 2, "canary", ToldRun.names(1, 1));
    waiting
        .changes("d1", "Write")
        .tell(new RunEvent.ApprovalAsked(1, 1, "rest"))
        .tell(new RunEvent.RunSuspended(6, "approval of canary"))
        .written(runs, WAITING);
    ToldRun cutOff = new ToldRun(2).wave(1, 1, "batch 1", ToldRun.names(1, 2));
    cutOff.begins("d1", "Restart").written(runs, CUT_OFF);
  }

  private Cli.Ran look(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of("--runs", runs.toString()));
    return cli.execute(all.toArray(String[]::new));
  }

  @Test
  void aRunStandsInTheSameWordsWhereverItIsLookedAt() {
    String shown = look("show", WAITING).exits(0).out();
    assertThat(shown).contains(": waiting for approval", "3 devices: 2 not run, 1 changed");
    assertThat(look("runs").exits(0).out())
        .containsPattern(WAITING + ".*waiting for approval +2 not run, 1 changed");
    assertThat(look("history").exits(0).out())
        .containsPattern(WAITING + ".*waiting for approval +2 not run, 1 changed");
    assertThat(look("follow", WAITING).exits(6).out())
        .contains("waiting for approval", "3 devices: 2 not run, 1 changed");
  }

  @Test
  void runsAreListedWithHowTheyStand() throws Exception {
    Cli.Ran ran = look("runs").exits(0);
    assertThat(ran.out().lines().toList())
        .hasSize(4)
        .anyMatch(
            line ->
                line.startsWith(ENDED)
                    && line.contains("ended, exit code 3")
                    && line.contains("2 failed, 1 changed")
                    && line.endsWith("mia@control-1"))
        .anyMatch(line -> line.startsWith(WAITING) && line.contains("waiting"))
        .anyMatch(line -> line.startsWith(CUT_OFF) && line.contains("cut off"));
    JsonNode json = new ObjectMapper().readTree(look("runs", "--json", "-n", "1").exits(0).out());
    assertThat(json.at("/runs").size()).isEqualTo(1);
    assertThat(json.at("/runs/0/run").asText()).isEqualTo(CUT_OFF);
    assertThat(json.at("/runs/0/state").asText()).isEqualTo("CUT_OFF");
    assertThat(look("runs", "--limit", "1").out()).contains("2 older ones: --limit 3");
  }

  @Test
  void aRunThatAProcessWorksAtIsRunning() throws Exception {
    try (FileLock held = lock(CUT_OFF)) {
      assertThat(held.isValid()).isTrue();
      assertThat(look("runs").exits(0).out()).contains("running").doesNotContain("cut off");
      assertThat(look("show", CUT_OFF).exits(0).out()).contains("Next: edgefleet follow ");
    }
  }

  private FileLock lock(String run) throws Exception {
    return FileChannel.open(
            runs.resolve(run).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        .lock();
  }

  @Test
  void aRunIsShownWithItsWavesItsFailuresAndWhatToDoNext() {
    assertThat(look("show", WAITING).exits(0).out())
        .contains(": waiting for approval")
        .containsOnlyOnce("approval of canary")
        .containsPattern("1 +1/2 +canary +1 +1 changed +waiting for approval")
        .contains("Next: edgefleet approve " + WAITING)
        .contains("Next: edgefleet resume " + WAITING);
    assertThat(look("show", ENDED).exits(0).out())
        .contains("ended, exit code 3")
        .contains("2 devices failed: no space on ‹device›")
        .contains("-> look at the disk of ‹device›")
        .contains("Next: edgefleet retry " + ENDED);
  }

  @Test
  void oneDeviceIsShownStepByStep() {
    assertThat(look("show", ENDED, "--device", "d2").exits(0).out())
        .contains("d2: failed: no space on d2")
        .containsPattern("1\\.1 +failed +Write +1\\.2 s\n +no space on d2\n +-> look at the disk");
    assertThat(look("show", ENDED, "--device", "d4").exits(2).err()).contains("has no device 'd4'");
  }

  @Test
  void anEndedRunIsFollowedToItsEndAndGivesItsExitCode() {
    assertThat(look("follow", ENDED).exits(3).out())
        .contains("failed      d2: Write: no space on d2")
        .contains("3 devices: 2 failed, 1 changed");
    assertThat(look("follow", WAITING).exits(6).out())
        .contains("waiting: approval of canary", "-> edgefleet approve " + WAITING);
    assertThat(look("follow", CUT_OFF).exits(1).err()).contains("edgefleet resume " + CUT_OFF);
    assertThat(look("follow", ENDED, "--json").exits(3).out().lines().toList())
        .hasSize(new ToldRun(1).entries().size() + 1 + 3 * 4 + 1)
        .allMatch(line -> line.startsWith("{\"sequence\":"));
  }

  @Test
  void aRunIsFollowedWhileItIsWritten() throws Exception {
    String live = "20261125-080000-dddd";
    ToldRun run = new ToldRun(2).wave(1, 1, "batch 1", ToldRun.names(1, 2));
    int before = run.entries().size();
    run.changes("d1", "Write").changes("d2", "Write");
    run.tell(new RunEvent.RunEnded(0, Optional.empty()));
    try (SqliteJournal journal = SqliteJournal.create(runs.resolve(live));
        FileLock held = lock(live)) {
      run.entries().subList(0, before).forEach(entry -> journal.append(entry.event()));
      CompletableFuture<Cli.Ran> following =
          CompletableFuture.supplyAsync(() -> look("follow", live));
      Thread.sleep(Duration.ofMillis(700));
      assertThat(following).isNotDone();
      assertThat(held.isValid()).isTrue();
      run.entries().subList(before, run.entries().size()).forEach(e -> journal.append(e.event()));
      assertThat(following.join().exits(0).out()).contains("changed     d1").contains("2 changed");
    }
  }

  @Test
  void aReportIsMadeAgain() throws Exception {
    assertThat(look("report", ENDED).exits(0).out().strip()).endsWith("report.html");
    assertThat(runs.resolve(ENDED).resolve("report.html")).content().contains("no space");
    JsonNode json =
        new ObjectMapper().readTree(look("report", ENDED, "--format", "json").exits(0).out());
    assertThat(json.at("/totals/byResult/failed").asInt()).isEqualTo(2);
    Path elsewhere = directory.resolve("x.json");
    look("report", ENDED, "--format", "json", "--output", elsewhere.toString()).exits(0);
    assertThat(elsewhere).content().contains("\"failed\" : 2");
    assertThat(look("report", ENDED, "--output", "-").exits(0).out()).contains("<!doctype html>");
    assertThat(look("report", ENDED, "-o", directory.resolve("no/x").toString()).exits(2).err())
        .contains("choose another --output FILE");
  }

  @Test
  void theHistoryOfADeviceHasALineForEachRunAndPlay() throws Exception {
    assertThat(look("history", "--device", "d2").exits(0).out().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .contains(ENDED)
        .contains("failed")
        .endsWith("Write: no space on d2");
    JsonNode json =
        new ObjectMapper()
            .readTree(look("history", "--device", "d1", "--format", "json").exits(0).out());
    assertThat(json.at("/history").findValuesAsText("result"))
        .containsExactly("changed", "changed", "open");
    assertThat(json.at("/history/0/what").asText()).isEqualTo("Write");
    assertThat(look("history", "--device", "d9").exits(2).err())
        .contains("had a device 'd9'", "did you mean 'd1'?");
    assertThat(look("history", "--device", "d1", "--since", "1d").exits(0).out())
        .contains("had device d1 since 1d");
  }

  @Test
  void theHistoryOfAllRunsCanBeCutAndPrintedAsCsv() {
    assertThat(look("history", "--format", "csv").exits(0).out().split("\r\n"))
        .hasSize(4)
        .anyMatch(line -> line.startsWith(ENDED) && line.endsWith(",ended,3,3,1,2,0,0,0"));
    assertThat(look("history", "--since", "2026-11-24T00:00:00Z").exits(0).out())
        .contains(CUT_OFF)
        .doesNotContain(ENDED);
    assertThat(look("history", "--since", "soon").exits(2).err()).contains("12h, 7d, 2w");
  }

  @Test
  void aJournalThatCannotBeReadIsToldAndLeftOut() throws Exception {
    Files.writeString(runs.resolve(WAITING).resolve("journal.db"), "no database");
    for (String command : new String[] {"runs", "history"}) {
      Cli.Ran ran = look(command).exits(0);
      assertThat(ran.out()).contains(ENDED).contains(CUT_OFF).doesNotContain(WAITING);
      assertThat(ran.err()).contains("left out").contains(WAITING);
    }
    assertThat(look("show", WAITING).exits(3).err()).contains("the file itself is damaged");
  }

  @Test
  void sinceTakesDaysAndHowLongAgo() {
    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    java.time.ZoneId zone = java.time.ZoneId.of("Europe/Berlin");
    assertThat(Since.of("12h", now, zone)).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(Since.of("7d", now, zone)).isEqualTo("2026-11-17T12:00:00Z");
    assertThat(Since.of("2026-11-01", now, zone)).isEqualTo("2026-10-31T23:00:00Z");
  }

  @Test
  void everyCommandStandsInAGroupOfTheHelp() {
    assertThat(CommandGroups.of(Edgefleet.commandLine().getSubcommands().keySet()))
        .doesNotContainKey(CommandGroups.OTHERS);
    assertThat(cli.execute("--help").exits(0).out())
        .containsSubsequence(
            "Run:", "run ", "Look:", "runs ", "Secrets and host keys:", "vault ", "Reference:");
  }

  @Test
  void aDemoIsOverWithItsProcess() throws Exception {
    Path demo = new ToldRun(1).ofDemo().written(runs, "20261125-080000-dddd");
    Files.writeString(demo.resolve("request"), "for its own key");
    for (String verb : List.of("resume", "retry")) {
      assertThat(look(verb, "last").exits(2).err())
          .contains(verb.equals("retry") ? "is not over" : "was a demo");
    }
    assertThat(look("show", "last").exits(0).out()).doesNotContain("Next:");
  }
}
