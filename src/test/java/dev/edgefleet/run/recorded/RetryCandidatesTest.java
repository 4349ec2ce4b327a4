package dev.edgefleet.run.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.progress.ToldRun;
import dev.edgefleet.report.model.RunReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryCandidatesTest {
  // Of five devices d1 is well, d2 is out of reach, and the run did not come to d5.
  private static ToldRun run(DeviceStatus third) {
    return new ToldRun(5)
        .wave(1, 2, "first", ToldRun.names(1, 4))
        .changes("d1", "Write")
        .tell(new RunEvent.DeviceEnded(1, "d1", DeviceStatus.OK))
        .tell(new RunEvent.DeviceEnded(1, "d2", DeviceStatus.UNREACHABLE))
        .tell(new RunEvent.DeviceEnded(1, "d3", third))
        .tell(new RunEvent.DeviceEnded(1, "d4", DeviceStatus.OK))
        .tell(new RunEvent.RunEnded(5, Optional.empty()));
  }

  private static RunReport report(ToldRun run) {
    return RunReport.from(run.entries().stream());
  }

  @Test
  void afterARunThoseThatFailedOrWereOutOfReach() {
    assertThat(RetryCandidates.afterRun(report(run(DeviceStatus.FAILED))))
        .isEqualTo(List.of("d2", "d3"));
  }

  @Test
  void afterATryAlsoThoseItDidNotComeToUnlessSomethingFailed() {
    assertThat(RetryCandidates.afterTry(report(run(DeviceStatus.UNREACHABLE))))
        .isEqualTo(List.of("d2", "d3", "d5"));
    assertThat(RetryCandidates.afterTry(report(run(DeviceStatus.FAILED)))).isEqualTo(List.of("d2"));
  }

  @Test
  void afterARetryThoseThatItDidNotComeTo() {
    ToldRun retry = run(DeviceStatus.OK).retryOf("20261124-080000-aaaa");
    assertThat(RetryCandidates.afterRun(report(retry))).isEqualTo(List.of("d2", "d5"));
  }

  @Test
  void aDeviceThatCameOnlyThroughAnEarlierPlayIsLeftToo() {
    ToldRun two =
        new ToldRun(2)
            .wave(1, 1, "all", ToldRun.names(1, 2))
            .tell(new RunEvent.DeviceStarted(1, "d1"))
            .tell(new RunEvent.DeviceStarted(1, "d2"))
            .tell(new RunEvent.DeviceEnded(1, "d1", DeviceStatus.OK))
            .tell(new RunEvent.DeviceEnded(1, "d2", DeviceStatus.OK))
            .tell(new RunEvent.PlayStarted(2, "Rollout", ToldRun.names(1, 2)))
            .tell(new RunEvent.WaveStarted(2, 1, 2, "first", List.of("d1")))
            .tell(new RunEvent.DeviceStarted(2, "d1"))
            .tell(new RunEvent.DeviceEnded(2, "d1", DeviceStatus.UNREACHABLE))
            .tell(new RunEvent.RunEnded(5, Optional.empty()));
    assertThat(RetryCandidates.afterTry(report(two))).isEqualTo(List.of("d1", "d2"));
  }
}
