package dev.edgefleet.journal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.progress.ToldRun;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateWordTest {
  private static String shown(ToldRun told, boolean alive) {
    RunFold run = RunFold.counting();
    for (JournalEntry entry : told.entries()) {
      run.add(entry);
    }
    return RunState.of(run, alive).shown(run).text();
  }

  private static ToldRun run() {
    return new ToldRun(2).wave(1, 2, "canary", ToldRun.names(1, 1));
  }

  @Test
  void noTwoStatesHaveOneWord() {
    assertThat(Arrays.stream(StateWord.values()).map(StateWord::text)).doesNotHaveDuplicates();
  }

  @Test
  void aRunWithAProcessSaysWhatItIsAt() {
    assertThat(shown(run(), true)).isEqualTo("running");
    assertThat(shown(run().tell(new RunEvent.RunPaused("ann", "")), true)).isEqualTo("paused");
    assertThat(shown(run().tell(new RunEvent.SoakStarted(1, 1, 60)), true)).isEqualTo("soaking");
    assertThat(shown(run().tell(new RunEvent.ApprovalAsked(1, 1, "rest")), true))
        .isEqualTo("waiting for approval");
  }

  @Test
  void oneWithoutSaysWhy() {
    assertThat(shown(run(), false)).isEqualTo("cut off");
    assertThat(shown(run().tell(new RunEvent.RunSuspended(130, "")), false))
        .isEqualTo("interrupted");
    assertThat(
            shown(
                run()
                    .tell(new RunEvent.ApprovalAsked(1, 1, "rest"))
                    .tell(new RunEvent.RunSuspended(6, "")),
                false))
        .isEqualTo("waiting for approval");
    assertThat(
            shown(
                run()
                    .tell(new RunEvent.DeviceEnded(1, "d1", DeviceStatus.OK))
                    .tell(new RunEvent.RunEnded(0, java.util.Optional.empty())),
                false))
        .isEqualTo("ended");
  }
}
