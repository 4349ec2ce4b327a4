package dev.edgefleet.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.StepId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowUpCommandTest {
  private static final Path RUN = Path.of("runs/20261124-101500-1f2e");

  private static List<DeviceHeld> held(String... devices) {
    return Arrays.stream(devices)
        .map(
            device ->
                new DeviceHeld(1, new StepId("r", device, "1", "", 1), "act", "nobody knows", ""))
        .toList();
  }

  @Test
  void whatIsNotInDoubtGoesOn() {
    assertThat(FollowUpCommand.resume(RUN, List.of()))
        .isEqualTo("edgefleet resume 20261124-101500-1f2e");
    assertThat(FollowUpCommand.resume(Optional.empty(), List.of()))
        .isEqualTo("edgefleet resume RUN");
  }

  @Test
  void whatIsInDoubtIsNamed() {
    assertThat(FollowUpCommand.resume(RUN, held("press-01", "press 02")))
        .isEqualTo("edgefleet resume 20261124-101500-1f2e --done 'press-01,press 02'");
    assertThat(FollowUpCommand.resume(Path.of("/srv/r/a"), held("press-01")))
        .isEqualTo("edgefleet resume a --runs /srv/r --done press-01");
  }

  @Test
  void ofManyTheOperatorWritesAPattern() {
    String[] many = IntStream.range(0, 9).mapToObj(i -> "d" + i).toArray(String[]::new);
    assertThat(FollowUpCommand.resume(RUN, held(many))).endsWith(" --done PATTERN");
  }
}
