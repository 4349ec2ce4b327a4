package dev.edgefleet.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.StepResult;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loops, attempts, blocks and batches in the report. */
class LoopsInReportTest {
  @TempDir Path temp;

  private RunReport report() {
    try (Story story = new Story(temp.resolve("run"), List.of("press-01", "press-02", "oven"))) {
      story.starts().plays("Roll out");
      story.tell(new RunEvent.WaveStarted(1, 1, 2, "batch 1", List.of("press-01", "press-02")));
      story.begins("press-01");
      story.does("press-01", Step.of("Try", "command", StepStatus.RESCUED, "exit code 1"));
      story.does("press-01", Step.of("Ask", "command", StepStatus.IGNORED, "exit code 2"));
      story.retries("press-01", Step.of("Wait", "command", StepStatus.OK, "not yet"), 6);
      for (int i = 0; i < 100; i++) {
        StepStatus status = i == 41 ? StepStatus.FAILED : StepStatus.CHANGED;
        story.doesItem("press-01", i, "file " + i, Step.of("Copy", "copy", status, "did " + i));
      }
      story.ends("press-01", DeviceStatus.FAILED);
      story.begins("press-02").ends("press-02", DeviceStatus.STOPPED);
      return story.ends(3, "too many failed").report();
    }
  }

  @Test
  void everyItemAndAttemptIsThere() {
    RunReport report = report();
    DeviceReport press = report.devices().getFirst();
    assertThat(press.steps()).hasSize(2 + 6 + 100);
    assertThat(press.steps().get(8).label()).isEqualTo("file 0");
    assertThat(press.message()).isEqualTo("did 41");
    assertThat(report.totals().stepsByResult())
        .containsEntry(StepResult.RESCUED, 1)
        .containsEntry(StepResult.IGNORED, 1)
        .containsEntry(StepResult.RETRIED, 6)
        .containsEntry(StepResult.UNFINISHED, 0)
        .containsEntry(StepResult.FAILED, 1);
    assertThat(report.devices().get(1).result()).isEqualTo(DeviceResult.STOPPED);
    assertThat(report.plays().getFirst().stopped()).isEqualTo(1);
    assertThat(report.plays().getFirst().batches()).isEqualTo(1);
    assertThat(report.failures()).singleElement().matches(group -> group.devices().size() == 1);
  }

  @Test
  void aLongLoopIsFoldedButForWhatFailed() throws Exception {
    RunReport report = report();
    List<FoldedSteps> folds = FoldedSteps.of(report.devices().getFirst().steps());
    assertThat(folds).extracting(fold -> fold.steps().size()).containsExactly(1, 1, 6, 99, 1);
    assertThat(folds.get(3).counts(false)).isEqualTo("99 changed");
    assertThat(folds.get(4).first().label()).isEqualTo("file 41");

    Path html = temp.resolve("report.html");
    ReportHtml.write(report, html, ZoneId.of("Europe/Berlin"));
    assertThat(Files.readString(html))
        .contains("99 steps: 99 changed")
        .contains("Copy [file 41]")
        .contains("item 42")
        .contains("batches begun: 1");
  }
}
