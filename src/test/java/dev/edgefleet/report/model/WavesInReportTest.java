package dev.edgefleet.report.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.fold.WaveState;
import dev.edgefleet.journal.fold.WebhookRecord;
import dev.edgefleet.report.StagedRollout;
import dev.edgefleet.report.html.ReportHtml;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waves, gates, approvals, pauses and resumes in the report. */
class WavesInReportTest {
  private static final Step WRITE = Step.of("Write", "copy", StepStatus.CHANGED, "Wrote it");

  @TempDir Path temp;

  private static RunReport report(Story told) {
    try (Story story = told) {
      return story.report();
    }
  }

  @Test
  void aRunThatWaitsForApprovalSaysAfterWhichWaveAndWhatToDo() throws Exception {
    RunReport report = report(StagedRollout.waiting(temp.resolve("run")));

    assertThat(report.run().state()).isEqualTo(RunReportState.WAITING);
    assertThat(report.run().exitCode()).isEmpty();
    List<WaveReport> waves = report.plays().getFirst().waves();
    assertThat(waves)
        .extracting(wave -> wave.name() + " " + wave.state().word() + " " + wave.devices())
        .containsExactly(
            "canary passed Optional[2]",
            "pilot waiting Optional[8]",
            "rest not_started Optional[20]");
    WaveReport pilot = waves.get(1);
    assertThat(pilot.changed()).isEqualTo(7);
    assertThat(pilot.unreachable()).isEqualTo(1);
    assertThat(pilot.soak())
        .get()
        .matches(soak -> soak.seconds() == 300 && soak.ended().isPresent());
    assertThat(pilot.gate())
        .get()
        .matches(gate -> gate.healthy() == 7 && gate.passed().orElse(false));
    assertThat(pilot.approval()).get().matches(a -> a.next().equals("rest") && a.given().isEmpty());
    assertThat(html(report))
        .contains("Waiting for approval after wave pilot:")
        .contains("edgefleet approve " + Story.RUN)
        .contains("edgefleet verify " + Story.RUN + " --head " + report.run().journalHash());
  }

  @Test
  void whoResumedPausedAndApprovedIsThere() {
    RunReport report = report(StagedRollout.ended(temp.resolve("run")));

    assertThat(report.run().state()).isEqualTo(RunReportState.ENDED);
    assertThat(report.run().processes())
        .extracting(
            process -> process.process() + " " + process.operator() + " " + process.exitCode())
        .containsExactly("1 mia@control-1 Optional[6]", "2 timer@control-1 Optional[3]");
    assertThat(report.run().pauses())
        .singleElement()
        .matches(pause -> pause.note().equals("shift change") && pause.ended().isPresent());
    assertThat(report.run().webhooks()).singleElement().matches(WebhookRecord::delivered);
    assertThat(report.plays().getFirst().waves().get(1).approval())
        .get()
        .matches(approval -> approval.operator().equals("mia@control-1"));
  }

  @Test
  void aDeviceThatTheGateFindsUnhealthyIsAProblemWithACause() {
    RunReport report = report(StagedRollout.stoppedByItsGate(temp.resolve("run")));

    WaveReport pilot = report.plays().getFirst().waves().get(1);
    assertThat(pilot.state()).isEqualTo(WaveState.FAILED);
    assertThat(pilot.message()).contains("5 of 7");
    DeviceReport device = report.devices().get(3);
    assertThat(device.name()).isEqualTo("pilot-02");
    assertThat(device.wave()).isEqualTo("pilot");
    assertThat(device.result()).isEqualTo(DeviceResult.UNHEALTHY);
    assertThat(report.failures())
        .extracting(FailureGroup::cause)
        .contains("edgeHub is stopped on ‹device›");
    // The wave soaked for minutes between the device's end and its gate.
    assertThat(device.millis()).isLessThan(60_000);
  }

  @Test
  void aHeldDeviceSaysWhatItWaitsFor() throws Exception {
    RunReport report = report(StagedRollout.held(temp.resolve("run")));

    DeviceReport device = report.devices().get(2);
    assertThat(device.result()).isEqualTo(DeviceResult.HELD);
    assertThat(device.remedy()).contains("--done");
    assertThat(device.steps()).extracting(StepReport::result).containsExactly(StepResult.IN_DOUBT);
    assertThat(report.failures())
        .extracting(FailureGroup::result)
        .containsExactly(StepResult.IN_DOUBT);
    assertThat(html(report)).contains("pilot-01 waits for your word");
  }

  @Test
  void aPlayOfOnePlainWaveIsToldAsIfItHadNone() throws Exception {
    Story story = new Story(temp.resolve("run"), List.of("a")).starts().plays("P");
    story.tell(new RunEvent.WaveStarted(1, 1, 1, "batch 1", List.of("a")));
    story.begins("a").does("a", WRITE).ends("a", DeviceStatus.OK);
    RunReport report = report(story.tell(new RunEvent.WaveEnded(1, 1, true, "")).ends(0));

    assertThat(report.plays().getFirst().waves()).isEmpty();
    assertThat(report.plays().getFirst().batches()).isZero();
    assertThat(report.devices().getFirst().wave()).isEmpty();
    assertThat(html(report)).doesNotContain("<section id=\"waves\"");
  }

  @Test
  void aResumedRunThatEndedSaysTheSameAsAnUnbrokenOne() {
    Story unbroken = new Story(temp.resolve("unbroken"), List.of("a")).starts().plays("P");
    unbroken.begins("a").does("a", WRITE).ends("a", DeviceStatus.OK).ends(0);
    Story resumed = new Story(temp.resolve("resumed"), List.of("a")).starts().plays("P");
    StepId id = new StepId(Story.RUN, "a", "1.1", "", 1);
    resumed.begins("a");
    resumed.tell(new RunEvent.StepStarted(id, "Write", "copy", "playbooks/provision.yaml:14:7"));
    resumed.tell(new RunEvent.RunResumed(2, "tom@control-2", List.of("edgefleet"), "0.1.0"));
    resumed.tell(new RunEvent.OperatorDecided(id, false, "tom@control-2"));
    resumed.does("a", WRITE.millis(77)).ends("a", DeviceStatus.OK).ends(0);

    RunReport one = report(unbroken);
    RunReport other = report(resumed);
    StepReport step = other.devices().getFirst().steps().getFirst();
    assertThat(step.resumed()).isTrue();
    assertThat(step.decided()).get().matches(word -> word.operator().equals("tom@control-2"));
    assertThat(other.totals().steps()).isEqualTo(1);
    assertThat(other).isNotEqualTo(one);
    assertThat(SameReport.of(other)).isEqualTo(SameReport.of(one));
  }

  private String html(RunReport report) throws Exception {
    Path file = temp.resolve("report.html");
    ReportHtml.write(report, file, ZoneId.of("Europe/Berlin"));
    return Files.readString(file);
  }
}
