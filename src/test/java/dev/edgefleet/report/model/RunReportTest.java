package dev.edgefleet.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final Step OK = Step.of("Look", "facts", StepStatus.OK, "Nothing to do");
  private static final Step CHANGED = Step.of("Write", "copy", StepStatus.CHANGED, "Wrote it");
  private static final Step FAILED =
      Step.of("Restart", "service", StepStatus.FAILED, "It did not start").remedy("Read its log");

  @TempDir Path temp;
  private Story story;

  private Story given(String... devices) {
    story = new Story(temp, List.of(devices)).starts();
    return story;
  }

  @AfterEach
  void close() {
    if (story != null) {
      story.close();
    }
  }

  @Test
  void theHeaderSaysWhoRanWhatWhenAndHowItEnded() {
    RunHeader run =
        given("a").plays("P").passes(Duration.ofSeconds(75)).ends(3, "Stopped").report().run();

    assertThat(run.run()).isEqualTo(Story.RUN);
    assertThat(run.operator()).isEqualTo("mia@control-1");
    assertThat(run.command()).startsWith("edgefleet", "run", "playbooks/provision.yaml");
    assertThat(run.playbook().path()).isEqualTo("playbooks/provision.yaml");
    assertThat(run.inventories())
        .singleElement()
        .satisfies(i -> assertThat(i.sha256()).startsWith("d98c"));
    assertThat(run.started()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
    assertThat(run.ended()).contains(Instant.parse("2026-11-22T12:01:15Z"));
    assertThat(run.millis()).isEqualTo(75_000);
    assertThat(run.exitCode()).contains(3);
    assertThat(run.reason()).contains("Stopped");
    assertThat(run.records()).isEqualTo(3);
    assertThat(run.journalHash()).hasSize(64);
  }

  @Test
  void devicesAreCountedByHowTheyCameOut() {
    RunReport report =
        given("same", "new", "broken", "away", "idle")
            .plays("P", List.of("same", "new", "broken", "away"))
            .begins("same")
            .does("same", OK)
            .ends("same", DeviceStatus.OK)
            .begins("new")
            .does("new", OK)
            .does("new", CHANGED)
            .ends("new", DeviceStatus.OK)
            .begins("broken")
            .does("broken", CHANGED)
            .does("broken", FAILED)
            .ends("broken", DeviceStatus.FAILED)
            .begins("away")
            .does("away", Step.of("Look", "facts", StepStatus.UNREACHABLE, "No answer"))
            .ends("away", DeviceStatus.UNREACHABLE)
            .ends(3)
            .report();

    assertThat(report.devices())
        .extracting(device -> device.name() + " " + device.result().word())
        .containsExactly(
            "same ok", "new changed", "broken failed", "away unreachable", "idle not_run");
    assertThat(report.totals().devices()).isEqualTo(5);
    assertThat(report.totals().byResult())
        .isEqualTo(
            Map.of(
                DeviceResult.OK, 1,
                DeviceResult.CHANGED, 1,
                DeviceResult.FAILED, 1,
                DeviceResult.UNREACHABLE, 1,
                DeviceResult.HELD, 0,
                DeviceResult.UNHEALTHY, 0,
                DeviceResult.STOPPED, 0,
                DeviceResult.NOT_RUN, 1,
                DeviceResult.UNFINISHED, 0));
    assertThat(report.totals().steps()).isEqualTo(6);
    assertThat(report.totals().stepsByResult()).containsEntry(StepResult.CHANGED, 2);
    assertThat(report.plays())
        .singleElement()
        .isEqualTo(
            new PlayReport(
                1, "P", Instant.parse("2026-11-22T12:00:00Z"), 4, 2, 1, 1, 0, 0, List.of()));
  }

  @Test
  void everyStepIsThereWithItsPlaceAndTime() {
    RunReport report =
        given("a")
            .plays("P")
            .begins("a")
            .passes(Duration.ofMillis(60))
            .does("a", CHANGED.millis(1500).diff("/etc/x", "-a\n+b\n").output("done\n"))
            .ends("a", DeviceStatus.OK)
            .ends(0)
            .report();

    DeviceReport device = report.devices().getFirst();
    assertThat(device.millis()).isEqualTo(1560);
    StepReport step = device.steps().getFirst();
    assertThat(step.path()).isEqualTo("1.1");
    assertThat(step.place()).isEqualTo("playbooks/provision.yaml:14:7");
    assertThat(step.started()).isEqualTo(Instant.parse("2026-11-22T12:00:00.060Z"));
    assertThat(step.millis()).isEqualTo(1500);
    assertThat(step.changed()).isTrue();
    assertThat(step.diffs())
        .singleElement()
        .satisfies(d -> assertThat(d.path()).isEqualTo("/etc/x"));
    assertThat(step.output()).isEqualTo("done\n");
  }

  @Test
  void aRunThatWasCutOffIsUnfinishedAndSoIsWhatItWasAt() {
    RunReport report =
        given("done", "busy", "between", "waiting")
            .plays("P")
            .begins("done")
            .does("done", OK)
            .ends("done", DeviceStatus.OK)
            .begins("between")
            .does("between", OK)
            .begins("busy")
            .does("busy", CHANGED)
            .passes(Duration.ofSeconds(2))
            .begins("busy", FAILED)
            .report();

    assertThat(report.run().ended()).isEmpty();
    assertThat(report.run().exitCode()).isEmpty();
    assertThat(report.run().lastRecord()).isAfter(report.run().started());
    assertThat(report.devices())
        .extracting(device -> device.name() + " " + device.result().word())
        .containsExactly("done ok", "busy unfinished", "between unfinished", "waiting not_run");
    assertThat(report.devices().get(1).message()).isEqualTo("Not finished; was at: Restart");
    assertThat(report.devices().get(1).steps())
        .extracting(StepReport::result)
        .containsExactly(StepResult.CHANGED, StepResult.UNFINISHED);
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void aDeviceThatDidNotGetToTheSecondPlayIsUnfinished() {
    RunReport report =
        given("a", "b")
            .plays("First")
            .begins("a")
            .ends("a", DeviceStatus.OK)
            .begins("b")
            .does("b", FAILED)
            .ends("b", DeviceStatus.FAILED)
            .plays("Second", List.of("a"))
            .ends(130, "Interrupted")
            .report();

    assertThat(report.devices())
        .extracting(DeviceReport::result)
        .containsExactly(DeviceResult.UNFINISHED, DeviceResult.FAILED);
  }

  @Test
  void aFailureThatWasRetriedOrIgnoredIsNoFailureOfTheDevice() {
    RunReport report =
        given("a")
            .plays("P")
            .begins("a")
            .does("a", FAILED)
            .does("a", CHANGED)
            .ends("a", DeviceStatus.OK)
            .ends(0)
            .report();

    assertThat(report.devices().getFirst().result()).isEqualTo(DeviceResult.CHANGED);
    assertThat(report.failures()).isEmpty();
    assertThat(report.totals().stepsByResult()).containsEntry(StepResult.FAILED, 1);
  }

  @Test
  void failuresWithTheSameCauseAreOneGroup() {
    given("press-1", "press-2", "press-3", "oven-1").plays("P");
    cannotWrite("press-1", "/etc/certs/press-1.pem", 10_001);
    cannotWrite("press-2", "/etc/certs/press-2.pem", 20_002);
    story.begins("press-3").does("press-3", FAILED).ends("press-3", DeviceStatus.FAILED);
    cannotWrite("oven-1", "/etc/certs/oven-1.pem", 30_003);

    List<FailureGroup> failures = story.ends(3).report().failures();

    assertThat(failures)
        .extracting(FailureGroup::cause)
        .containsExactly(
            "No space for /etc/certs/‹device›.pem on /dev/sda1: ‹number› bytes free",
            "It did not start");
    assertThat(failures.getFirst().remedy()).isEqualTo("Free some space on ‹device›");
    assertThat(failures.getFirst().devices())
        .extracting(FailureGroup.Case::device)
        .containsExactly("press-1", "press-2", "oven-1");
    assertThat(failures.getFirst().devices().getFirst().message())
        .isEqualTo("No space for /etc/certs/press-1.pem on /dev/sda1: 10001 bytes free");
    assertThat(failures.get(1).remedy()).isEqualTo("Read its log");
  }

  private void cannotWrite(String device, String path, int free) {
    Step step =
        Step.of(
                "Copy",
                "copy",
                StepStatus.FAILED,
                "No space for " + path + " on /dev/sda1: " + free + " bytes free")
            .remedy("Free some space on " + device);
    story.begins(device).does(device, step).ends(device, DeviceStatus.FAILED);
  }

  @Test
  void modulesOfTheFleetAreOneTable() {
    RunReport report =
        given("a", "b", "c")
            .plays("P")
            .begins("a")
            .does("a", list(module("zeta", "running", "i:1"), module("edgeHub", "running", "h:1")))
            .does("a", list(module("zeta", "failed", "i:1"), module("edgeHub", "running", "h:1")))
            .begins("b")
            .does(
                "b", list(module("edgeAgent", "running", "g:1"), module("zeta", "running", "i:2")))
            .begins("c")
            .does("c", OK)
            .ends(0)
            .report();

    assertThat(report.modules().modules())
        .extracting(
            c -> c.name() + " " + c.running() + "/" + c.present() + " " + c.image().orElse("-"))
        .containsExactly("edgeAgent 1/1 g:1", "edgeHub 1/1 h:1", "zeta 1/2 -");
    assertThat(report.modules().devices())
        .extracting(ModuleTable.Row::device)
        .containsExactly("a", "b");
    assertThat(report.modules().devices().getFirst().modules().get("zeta").status())
        .isEqualTo("failed");
  }

  private static Step list(Map<String, Object> first, Map<String, Object> second) {
    return Step.of("List", "iotedge_list", StepStatus.OK, "2 modules")
        .modules(List.of(first, second));
  }

  private static Map<String, Object> module(String name, String status, String image) {
    return Map.of("name", name, "status", status, "description", "Up", "image", image);
  }

  @Test
  void aJournalWithoutRunIsNothingToReport() {
    story = new Story(temp, List.of());
    assertThatThrownBy(story::report)
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("nothing to report");
  }
}
