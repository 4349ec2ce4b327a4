package dev.edgefleet.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.rollout.Budget;
import dev.edgefleet.rollout.Decision;
import dev.edgefleet.rollout.Event;
import dev.edgefleet.rollout.Plan;
import dev.edgefleet.rollout.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Waves, one after the other, as the devices' threads tell of them. */
class LiveRolloutTest {
  private static final Duration NOW = Duration.ofMillis(1);

  @Test
  void theNextWaveBeginsWhenTheLastDeviceIsThrough() {
    LiveRollout live =
        new LiveRollout(plan(wave(Wave.Breach.FINISH, "a", "b"), wave(Wave.Breach.FINISH, "c")), 0);
    live.tell(new Event.Begun());
    assertThat(taken(live))
        .containsExactly(
            new Decision.StartWave(0),
            new Decision.StartDevice("a"),
            new Decision.StartDevice("b"));
    live.tell(new Event.Ended("a", Event.Result.OK));
    assertThat(taken(live)).isEmpty();
    live.tell(new Event.Ended("b", Event.Result.FAILED));
    assertThat(taken(live)).contains(new Decision.StartWave(1), new Decision.StartDevice("c"));
  }

  @Test
  void whatABrokenBudgetStopsIsKnownAtOnceAndNotWaitedFor() {
    LiveRollout live = new LiveRollout(plan(wave(Wave.Breach.STOP, "a", "b")), 0);
    live.tell(new Event.Begun());
    taken(live);
    assertThat(live.isStopped()).isFalse();
    live.tell(new Event.Failed("a", true));
    assertThat(live.isStopped()).isTrue();
  }

  @Test
  void whatIsToldAgainDecidesNothingUntilItIsTakenUp() {
    LiveRollout live = new LiveRollout(plan(wave(Wave.Breach.FINISH, "a", "b")), 0);
    assertThat(live.replay(new Event.Begun())).contains(new Decision.StartWave(0));
    live.replay(new Event.Ended("a", Event.Result.OK));
    assertThat(taken(live)).isEmpty();
    live.takeUp();
    assertThat(taken(live)).containsExactly(new Decision.StartDevice("b"));
  }

  private static List<Decision> taken(LiveRollout live) {
    List<Decision> all = new ArrayList<>();
    while (true) {
      Optional<Decision> next = live.take(NOW);
      if (next.isEmpty()) {
        return all;
      }
      all.add(next.get());
    }
  }

  private static Plan plan(Wave... waves) {
    return new Plan(List.of(waves), Budget.UNLIMITED, Plan.Unreachable.FAILED);
  }

  private static Wave wave(Wave.Breach breach, String... devices) {
    return new Wave(
        String.join("-", devices),
        List.of(devices),
        100,
        Budget.UNLIMITED,
        breach,
        Duration.ZERO,
        OptionalDouble.empty(),
        false);
  }
}
