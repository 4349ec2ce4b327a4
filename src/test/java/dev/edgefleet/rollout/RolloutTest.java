package dev.edgefleet.rollout;

import static dev.edgefleet.rollout.Story.atOnce;
import static dev.edgefleet.rollout.Story.budget;
import static dev.edgefleet.rollout.Story.devices;
import static dev.edgefleet.rollout.Story.percent;
import static dev.edgefleet.rollout.Story.plan;
import static dev.edgefleet.rollout.Story.started;
import static dev.edgefleet.rollout.Story.stopping;
import static dev.edgefleet.rollout.Story.then;
import static dev.edgefleet.rollout.Story.wave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.rollout.Decision.AskApproval;
import dev.edgefleet.rollout.Decision.CheckGate;
import dev.edgefleet.rollout.Decision.EndWave;
import dev.edgefleet.rollout.Decision.Finish;
import dev.edgefleet.rollout.Decision.Soak;
import dev.edgefleet.rollout.Decision.StartDevice;
import dev.edgefleet.rollout.Decision.StartWave;
import dev.edgefleet.rollout.Decision.StopDevices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule of a rollout, by what it decides. */
class RolloutTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static List<Decision> over(int wave, Halt why) {
    return List.of(new EndWave(wave, Optional.of(why)), new Finish(Optional.of(why)));
  }

  @Test
  void waveFollowsWave() {
    Story story = new Story(plan(wave("ab"), wave("c")));
    assertThat(story.begun())
        .containsExactly(new StartWave(0), new StartDevice("a"), new StartDevice("b"));
    assertThat(story.ok("b")).isEmpty();
    assertThat(story.ok("a"))
        .containsExactly(new EndWave(0, Optional.empty()), new StartWave(1), new StartDevice("c"));
    assertThat(story.ok("c"))
        .containsExactly(new EndWave(1, Optional.empty()), new Finish(Optional.empty()));
  }

  @Test
  void neverMoreAtWorkThanItMay() {
    Story story = new Story(plan(atOnce(2, wave("abcd"))));
    assertThat(started(story.begun())).isEqualTo("ab");
    assertThat(started(story.fails("a"))).isEqualTo("c");
    assertThat(started(story.ok("c"))).isEqualTo("d");
  }

  @Test
  void soakGateAndApprovalComeOneAfterTheOther() {
    Story story = new Story(plan(then(HOUR, OptionalDouble.of(100), true, wave("ab")), wave("c")));
    story.begun();
    story.fails("a");
    assertThat(story.ok("b")).containsExactly(new Soak(0, HOUR));
    assertThat(story.soaked()).containsExactly(new CheckGate(0, List.of("b")));
    assertThat(story.unhealthy()).containsExactly(new AskApproval(0));
    assertThat(started(story.on(new Event.Approved()))).isEqualTo("c");
  }

  @Test
  void anApprovalNobodyAskedForIsNone() {
    Story story = new Story(plan(then(HOUR, OptionalDouble.empty(), true, wave("a")), wave("b")));
    story.begun();
    assertThat(story.on(new Event.Approved())).isEmpty();
    story.ok("a");
    assertThat(story.on(new Event.Approved())).isEmpty();
    assertThat(story.soaked()).containsExactly(new AskApproval(0));
  }

  @Test
  void aGateLetsPassWhenEnoughAreHealthy() {
    Wave wave = then(Duration.ZERO, OptionalDouble.of(50), false, wave("abcd"));
    Story story = new Story(plan(wave, wave("e")));
    story.begun();
    List.of("a", "b", "c").forEach(story::ok);
    assertThat(story.ok("d")).containsExactly(new CheckGate(0, List.of("a", "b", "c", "d")));
    Rollout before = story.rollout();
    assertThat(started(story.unhealthy("a", "d"))).isEqualTo("e");
    assertThat(before.on(new Event.GateChecked(Set.of("a", "b", "c"))).decisions())
        .isEqualTo(over(0, new Halt.GateFailed(0, 1, 4, 50)));
  }

  @Test
  void aBrokenBudgetLetsWhatIsAtWorkFinish() {
    Story story = new Story(plan(budget(devices(1), atOnce(2, wave("abcdef")))));
    story.begun();
    assertThat(started(story.fails("a"))).isEqualTo("c");
    assertThat(story.on(new Event.Failed("b", false))).isEmpty();
    assertThat(story.ok("c")).isEmpty();
    assertThat(story.fails("b")).isEqualTo(over(0, new Halt.BudgetBroken(0, false, 2, 6)));
  }

  @Test
  void underSerialTheOthersStopAtOnce() {
    Story story = new Story(plan(stopping(budget(percent(40), wave("abcde")))));
    story.begun();
    story.on(new Event.Failed("a", false));
    assertThat(story.fails("b")).isEmpty();
    assertThat(story.on(new Event.Failed("c", false))).containsExactly(new StopDevices());
    story.stopped("d");
    story.fails("c");
    story.fails("a");
    assertThat(story.stopped("e")).isEqualTo(over(0, new Halt.BudgetBroken(0, false, 3, 5)));
  }

  @Test
  void aFatalFailureNeedsNoBudget() {
    Story story = new Story(plan(stopping(wave("ab"))));
    story.begun();
    assertThat(story.on(new Event.Failed("a", true))).containsExactly(new StopDevices());
    story.fails("a");
    assertThat(story.stopped("b")).isEqualTo(over(0, new Halt.Fatal(0, "a")));
  }

  @Test
  void theBudgetOfTheWholeRunCountsWavesAndPlaysBefore() {
    Plan plan = plan(devices(2), Plan.Unreachable.FAILED, wave("ab"), wave("cd"));
    Story story = new Story(plan, 1);
    story.begun();
    story.fails("a");
    story.ok("b");
    assertThat(story.on(new Event.Failed("c", false))).isEmpty();
    story.ok("d");
    assertThat(story.fails("c")).isEqualTo(over(1, new Halt.BudgetBroken(1, true, 3, 5)));
  }

  @Test
  void aFailureIsCountedOnce() {
    Story story = new Story(plan(budget(devices(1), wave("abc"))));
    story.begun();
    story.on(new Event.Failed("a", false));
    story.on(new Event.Failed("a", false));
    story.fails("a");
    assertThat(story.rollout().waveFailed()).isEqualTo(1);
    assertThat(story.rollout().halt()).isEmpty();
  }

  @Test
  void unreachableDevicesCountAsTheRolloutSays() {
    Wave wave = budget(devices(0), wave("ab"));
    Story counted = new Story(plan(wave));
    counted.begun();
    counted.unreachable("a");
    assertThat(counted.rollout().halt()).contains(new Halt.BudgetBroken(0, false, 1, 2));
    Story ignored = new Story(plan(Budget.UNLIMITED, Plan.Unreachable.IGNORED, wave));
    ignored.begun();
    ignored.unreachable("a");
    assertThat(ignored.ok("b")).contains(new Finish(Optional.empty()));
  }

  @Test
  void aWaveThatIsLostIsTheLast() {
    Story story = new Story(plan(wave("ab"), wave("c")));
    story.begun();
    story.fails("a");
    assertThat(story.unreachable("b")).isEqualTo(over(0, new Halt.WaveLost(0, 2)));
  }

  @Test
  void anEmptyWavePassesWithoutSoakAndGate() {
    Wave empty = then(HOUR, OptionalDouble.of(100), false, wave(""));
    assertThat(new Story(plan(empty, wave("a"))).begun())
        .containsExactly(
            new StartWave(0),
            new EndWave(0, Optional.empty()),
            new StartWave(1),
            new StartDevice("a"));
    assertThat(new Story(plan()).begun()).containsExactly(new Finish(Optional.empty()));
  }

  @Test
  void noDeviceStartsWhilePaused() {
    Story story = new Story(plan(atOnce(1, wave("ab")), wave("c")));
    story.begun();
    story.on(new Event.Paused());
    assertThat(story.ok("a")).isEmpty();
    assertThat(started(story.on(new Event.Continued()))).isEqualTo("b");
    story.on(new Event.Paused());
    assertThat(story.ok("b")).containsExactly(new EndWave(0, Optional.empty()), new StartWave(1));
    assertThat(started(story.on(new Event.Continued()))).isEqualTo("c");
  }

  @Test
  void abortedItWaitsForWhatIsAtWork() {
    Story story = new Story(plan(atOnce(1, wave("ab"))));
    story.begun();
    assertThat(story.on(new Event.Aborted())).isEmpty();
    assertThat(story.on(new Event.Aborted())).isEmpty();
    assertThat(story.ok("a")).isEqualTo(over(0, new Halt.Aborted()));
  }

  @Test
  void abortedWhileItWaitsItEndsAtOnceAndLateAnswersChangeNothing() {
    Story story = new Story(plan(then(HOUR, OptionalDouble.of(100), true, wave("a")), wave("b")));
    story.begun();
    story.ok("a");
    Story soaking = story;
    assertThat(soaking.on(new Event.Aborted())).isEqualTo(over(0, new Halt.Aborted()));
    Rollout done = soaking.rollout();
    for (Event late :
        List.of(
            new Event.Soaked(),
            new Event.GateChecked(Set.of()),
            new Event.Approved(),
            new Event.Aborted(),
            new Event.Continued())) {
      assertThat(done.on(late)).isEqualTo(new Rollout.Next(done, List.of()));
    }
  }

  @Test
  void whatWasNeverAskedForIsADefect() {
    Story story = new Story(plan(wave("ab")));
    assertThatThrownBy(() -> story.ok("a")).isInstanceOf(IllegalArgumentException.class);
    story.begun();
    assertThatThrownBy(story::begun).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(story::soaked).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(story::unhealthy).isInstanceOf(IllegalArgumentException.class);
    story.ok("a");
    assertThatThrownBy(() -> story.fails("a")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStateIsAValueThatNobodyCanChange() {
    Story story = new Story(plan(wave("ab")));
    story.begun();
    assertThatThrownBy(() -> story.rollout().working().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aPlanThatCouldNotWorkIsRefused() {
    assertThatThrownBy(() -> atOnce(0, wave("a"))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plan(wave("ab"), wave("ca")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a is in two waves");
  }

  @Test
  void takenUpAgainItAsksForWhatIsOpen() {
    Story story = new Story(plan(stopping(budget(devices(0), atOnce(2, wave("abcd"))))));
    assertThat(story.rollout().pending()).isEmpty();
    story.begun();
    story.ok("a");
    assertThat(story.rollout().pending())
        .containsExactly(new StartDevice("b"), new StartDevice("c"));
    story.fails("b");
    assertThat(story.rollout().pending()).containsExactly(new StopDevices(), new StartDevice("c"));
    story.stopped("c");
    assertThat(story.rollout().pending())
        .containsExactly(new Finish(Optional.of(new Halt.BudgetBroken(0, false, 1, 4))));
  }
}
