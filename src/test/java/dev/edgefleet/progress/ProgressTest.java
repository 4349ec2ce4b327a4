package dev.edgefleet.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.terminal.Style;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** What is shown of a run while it goes on. */
class ProgressTest {
  private final EventLines lines = new EventLines(new Style(false), false);

  private List<String> lines(ToldRun run) {
    return lines(run, lines);
  }

  private static List<String> lines(ToldRun run, EventLines lines) {
    List<String> all = new ArrayList<>();
    run.entries().forEach(entry -> all.addAll(lines.of(entry)));
    return all;
  }

  private static ToldRun staged() {
    ToldRun run = new ToldRun(20).wave(1, 4, "canary", ToldRun.names(1, 2));
    ToldRun.names(1, 2).forEach(device -> run.changes(device, "Write"));
    run.passes(60).tell(new RunEvent.SoakStarted(1, 1, 600));
    return run;
  }

  private static ToldRun atWork() {
    ToldRun run =
        staged()
            .passes(600)
            .tell(new RunEvent.SoakEnded(1, 1))
            .tell(new RunEvent.GateChecked(1, 1, true, 2, List.of(), "2 of 2 healthy"))
            .tell(new RunEvent.ApprovalAsked(1, 1, "pilot"));
    run.passes(30)
        .tell(new RunEvent.ApprovalGiven(1, 1, "ann@desk", "looks good"))
        .tell(new RunEvent.WaveEnded(1, 1, true, ""))
        .wave(2, 4, "pilot", ToldRun.names(3, 12));
    ToldRun.names(3, 12).forEach(device -> run.begins(device, "Restart"));
    run.passes(20);
    ToldRun.names(3, 7).forEach(device -> run.ends(device, DeviceStatus.OK));
    return run;
  }

  @Test
  void aRolloutLeavesALineForEachThingThatHappensToIt() {
    assertThat(String.join("\n", lines(atWork())))
        .contains("canary (1 of 4): 2 devices")
        .contains("canary (1 of 4): waits 10:00, to see whether it lasts")
        .contains("canary (1 of 4): gate passed: 2 of 2 healthy")
        .contains(
            "canary (1 of 4): waiting for approval before pilot\n  -> edgefleet approve "
                + ToldRun.ID
                + " --runs r")
        .contains("canary (1 of 4): approved by ann@desk: looks good")
        .contains("canary (1 of 4): passed: 2 changed, in 11:30")
        .contains("pilot (2 of 4): 10 devices");
  }

  @Test
  void whatHoldsARunUpSaysWhatToDo() {
    ToldRun run = atWork();
    run.tell(new RunEvent.RunPaused("ann@desk", "lunch"))
        .tell(new RunEvent.RunContinued("ann@desk"))
        .tell(
            new RunEvent.DeviceHeld(
                1, ToldRun.step("d8"), "Restart", "nobody knows", "say --done or --repeat"))
        .tell(new RunEvent.OperatorDecided(ToldRun.step("d8"), true, "ann@desk"))
        .tell(new RunEvent.WaveEnded(1, 2, false, "3 of 10 failed"))
        .tell(new RunEvent.RunSuspended(6, "waits for a word"));
    assertThat(String.join("\n", lines(run)))
        .contains(
            "paused by ann@desk: lunch; no device starts until it goes on\n  -> edgefleet resume")
        .contains("continued by ann@desk")
        .contains("held        d8: Restart: nobody knows\n            -> say --done or --repeat")
        .contains("d8: ann@desk says that the step in doubt was done")
        .contains("pilot (2 of 4): failed: 3 of 10 failed (5 ok, 5 not done, in 20.0 s)")
        .contains("waiting: waits for a word\n  -> go on with: edgefleet resume " + ToldRun.ID);
  }

  private static ToldRun manyFailures() {
    ToldRun run = new ToldRun(40).wave(1, 1, "batch 1", ToldRun.names(1, 40));
    ToldRun.names(1, 40)
        .forEach(device -> run.fails(device, "Write", "no space on " + device + " left"));
    return run.tell(new RunEvent.WaveEnded(1, 1, false, "all failed"));
  }

  @Test
  void oneCauseIsToldForThreeDevicesAndThenCounted() {
    List<String> told = lines(manyFailures());
    assertThat(told).filteredOn(line -> line.startsWith("failed      d")).hasSize(3);
    assertThat(told)
        .contains("failed      … and 37 more like this: Write: no space on ‹device› left");
  }

  @Test
  void verboseTellsEveryFailureAndCountsNone() {
    List<String> told = lines(manyFailures(), new EventLines(new Style(false), true));
    assertThat(told).filteredOn(line -> line.startsWith("failed      d1")).isNotEmpty();
    assertThat(told).filteredOn(line -> line.contains("Write: no space on d")).hasSize(40);
    assertThat(told).noneMatch(line -> line.contains("more like this"));
  }

  @Test
  void theScreenShowsWavesFiguresAndWhatIsSlow() {
    ToldRun run = atWork();
    assertThat(Screen.of(run.standing(), 80, 24))
        .containsExactly(
            "canary             [####################]       2/2  passed",
            "pilot              [##########..........]      5/10  running 5",
            "2 waves with 8 devices not started",
            "7 of 20 devices done, 5 running, 0 failed, 11:50 so far",
            "  d8  Restart  20.0 s",
            "  d9  Restart  20.0 s",
            "  d10  Restart  20.0 s",
            "  d11  Restart  20.0 s",
            "  d12  Restart  20.0 s");
    assertThat(Screen.of(run.standing(), 120, 24))
        .contains(
            "7 of 20 devices done, 5 running, 0 failed, 15 a minute, about 0:52 left without waits,"
                + " 11:50 so far");
  }

  @Test
  void theScreenTellsWhatIsWaitedForAndHowLong() {
    assertThat(Screen.of(staged().passes(410).standing(), 80, 24))
        .anyMatch(line -> line.endsWith("soaking, 3:10 left"))
        .noneMatch(line -> line.contains("about"));
    ToldRun asked = staged().tell(new RunEvent.ApprovalAsked(1, 1, "pilot"));
    assertThat(Screen.of(asked.standing(), 80, 24))
        .anyMatch(line -> line.endsWith("waiting for approval"))
        .contains("-> edgefleet approve " + ToldRun.ID + " --runs r");
    ToldRun paused = atWork().tell(new RunEvent.RunPaused("ann@desk", ""));
    assertThat(Screen.of(paused.standing(), 120, 24))
        .contains("paused by ann@desk: edgefleet resume " + ToldRun.ID + " --runs r")
        .noneMatch(line -> line.contains("about"));
  }

  @Test
  void noTimeIsPromisedBeforeEnoughIsKnown() {
    ToldRun run = new ToldRun(100).wave(1, 1, "batch 1", ToldRun.names(1, 100));
    ToldRun.names(1, 100).forEach(device -> run.begins(device, "Write"));
    run.passes(10);
    ToldRun.names(1, 4).forEach(device -> run.ends(device, DeviceStatus.OK));
    assertThat(run.standing().left()).isEmpty();
    run.ends("d5", DeviceStatus.FAILED);
    assertThat(run.standing().left()).hasValueSatisfying(left -> assertThat(left).hasSeconds(190));
  }

  @Test
  void aHundredWavesAndASmallTerminalStillFit() {
    ToldRun run = new ToldRun(200);
    for (int wave = 1; wave <= 60; wave++) {
      run.wave(wave, 100, "batch " + wave, ToldRun.names(2 * wave - 1, 2 * wave));
      run.fails("d" + (2 * wave - 1), "Write", "no space").changes("d" + 2 * wave, "Write");
      run.tell(new RunEvent.WaveEnded(1, wave, true, ""));
    }
    run.wave(61, 100, "batch 61", ToldRun.names(121, 122)).begins("d121", "Write");
    assertThat(Screen.of(run.standing(), 80, 24))
        .contains("... 57 waves before", "39 waves with 78 devices not started")
        .contains("  60 devices failed: Write: no space")
        .anyMatch(line -> line.startsWith("batch 61"));
    for (int height = 1; height <= 24; height++) {
      for (int width : new int[] {20, 40, 80}) {
        List<String> screen = Screen.of(run.standing(), width, height);
        assertThat(screen.size()).isBetween(1, Math.max(1, height - 1));
        assertThat(screen).allMatch(line -> new AttributedString(line).columnLength() < width);
        assertThat(screen).anyMatch(line -> line.contains("120 of 200"));
      }
    }
  }

  @Test
  void nothingADeviceSaysReachesTheTerminalAsItIs() {
    ToldRun run = new ToldRun(1).wave(1, 1, "batch 1", ToldRun.names(1, 1));
    run.fails("d1", "Wr\u001b[2Jite", "bad\u001b]0;x\u0007\u202e\r\nmore");
    assertThat(String.join("", lines(run)))
        .doesNotContain("\u001b", "\u0007", "\u202e", "\r")
        .contains("bad?]0;x??")
        .contains("more");
    run.begins("d1", "\u001b[H\n世界".repeat(20));
    assertThat(Screen.of(run.standing(), 60, 24))
        .allMatch(line -> line.chars().noneMatch(Character::isISOControl))
        .allMatch(line -> new AttributedString(line).columnLength() < 60);
  }

  @Test
  void liveProgressPrintsEveryLineInOrderBeforeItCloses() throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    try (Terminal terminal = new DumbTerminal(new ByteArrayInputStream(new byte[0]), out)) {
      LiveProgress progress =
          new LiveProgress(out, terminal, new EventLines(new Style(false), false));
      atWork().entries().forEach(progress::show);
      progress.close();
    }
    assertThat(text.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "Provision: 20 devices", "canary (1 of 4): 2 devices", "pilot (2 of 4): 10 devices");
  }

  @Test
  void whoHasSomethingToShowDoesNotWaitForWhatIsDrawn() throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    EventLines busy = new EventLines(new Style(false), false);
    List<JournalEntry> entries = atWork().entries();
    try (Terminal terminal = new DumbTerminal(new ByteArrayInputStream(new byte[0]), out)) {
      LiveProgress progress = new LiveProgress(out, terminal, busy);
      Thread device = new Thread(() -> entries.forEach(progress::show));
      synchronized (busy) {
        device.start();
        device.join();
      }
      progress.close();
    }
    assertThat(text.toString(StandardCharsets.UTF_8)).contains("pilot (2 of 4): 10 devices");
  }

  @Test
  void theScreenShowsAllWhoAreAtWorkThatFit() {
    ToldRun run = new ToldRun(40).wave(1, 1, "", ToldRun.names(1, 40));
    ToldRun.names(1, 11).forEach(device -> run.begins(device, "Restart"));
    assertThat(screen(run, 80, 24)).filteredOn(line -> line.contains("Restart")).hasSize(11);
    ToldRun.names(12, 40).forEach(device -> run.begins(device, "Restart"));
    assertThat(screen(run, 80, 24))
        .hasSize(13)
        .filteredOn(line -> line.contains("Restart"))
        .hasSize(11);
    assertThat(screen(run, 80, 24)).contains("  and 29 more at work");
  }

  private static List<String> screen(ToldRun told, int width, int height) {
    RunFold run = RunFold.counting();
    told.entries().forEach(run::add);
    return Screen.of(RunSnapshot.of(run, told.now, height), width, height);
  }

  @Test
  void sameWarningsOfManyDevicesAreToldThreeTimesAndThenTogether() {
    ToldRun run = new ToldRun(9);
    for (String device : ToldRun.names(1, 9)) {
      run.tell(ToldRun.warns(device, "the certificate /c/" + device + ".pem expires in 4 days"));
    }
    run.tell(new RunEvent.RunWarned("the secret at v.yml:1:2 is too short"));
    assertThat(lines(run))
        .filteredOn(line -> line.startsWith("warning"))
        .hasSize(5)
        .contains("warning     d3: the certificate /c/d3.pem expires in 4 days")
        .anyMatch(line -> line.contains("… more devices, in the summary: "))
        .contains("warning     the secret at v.yml:1:2 is too short");
  }

  @Test
  void aPlayThatLostAllItsDevicesSaysItOnce() {
    ToldRun run = new ToldRun(2).wave(1, 1, "", ToldRun.names(1, 2));
    ToldRun.names(1, 2).forEach(device -> run.fails(device, "Write", "no space"));
    run.tell(new RunEvent.WaveEnded(1, 1, false, "none of its 2 devices came through"));
    assertThat(lines(run)).noneMatch(line -> line.contains("came through"));
  }

  @Test
  void whatAnEarlierProcessShowedIsCountedAndNotToldAgain() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PlainProgress progress =
        new PlainProgress(new PrintStream(text, true, StandardCharsets.UTF_8), lines)) {
      ToldRun run = manyFailures();
      run.entries().forEach(progress::recall);
      assertThat(text.size()).isZero();
      run.fails("d41", "Write", "no space on d41 left").tell(new RunEvent.RunSuspended(6, ""));
      run.entries().subList(run.entries().size() - 5, run.entries().size()).forEach(progress::show);
    }
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("… and 1 more like this")
        .contains("edgefleet resume " + ToldRun.ID)
        .doesNotContain("d41");
  }
}
