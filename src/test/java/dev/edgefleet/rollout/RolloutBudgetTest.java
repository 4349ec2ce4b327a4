package dev.edgefleet.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random fleets, plans, failures and words of operators: a budget is never exceeded by more than
 * what was at work when it broke, and it never gets stuck. A failure prints the seed that shows it.
 */
class RolloutBudgetTest {
  private static final int FLEETS = Integer.getInteger("edgefleet.fleets", 3000);
  private static final int PATIENCE = 5000;

  @Test
  void noRandomFleetBreaksARule() {
    int broken = 0;
    int passed = 0;
    for (long seed = 0; seed < FLEETS; seed++) {
      Play play = new Play(seed);
      try {
        play.toItsEnd();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      broken += play.rollout.halt().orElse(null) instanceof Halt.BudgetBroken ? 1 : 0;
      passed += play.rollout.halt().isEmpty() ? 1 : 0;
    }
    // Or the fleets would not show what they are made for.
    assertThat(broken).isGreaterThan(FLEETS / 20);
    assertThat(passed).isGreaterThan(FLEETS / 20);
  }

  /** One fleet, its plan, and a scheduler that has things happen in a random order. */
  private static final class Play {
    private final Random random;
    private final Plan plan;
    private final int failedBefore;
    private final double failing;
    private final List<Event> events = new ArrayList<>();
    private final List<List<Decision>> decided = new ArrayList<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> working = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> failedInWave = new HashSet<>();
    private int wave = -1;
    private int failedWhenBroken = -1;
    private int atWorkWhenBroken;
    private boolean stopping;
    private Optional<Decision> asked = Optional.empty();
    private Optional<Decision.Finish> finish = Optional.empty();
    private Rollout rollout;

    Play(long seed) {
      random = new Random(seed);
      failing = random.nextInt(4) == 0 ? random.nextDouble() : random.nextDouble() * 0.2;
      failedBefore = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
      List<Wave> waves = new ArrayList<>();
      Wave.Breach breach = random.nextBoolean() ? Wave.Breach.FINISH : Wave.Breach.STOP;
      int count = random.nextInt(5);
      for (int i = 0; i < count; i++) {
        waves.add(wave(i, breach));
      }
      plan =
          new Plan(
              waves,
              budget(),
              random.nextBoolean() ? Plan.Unreachable.FAILED : Plan.Unreachable.IGNORED);
      rollout = Rollout.of(plan, failedBefore);
    }

    private Wave wave(int index, Wave.Breach breach) {
      List<String> devices = new ArrayList<>();
      int size = random.nextInt(4) == 0 ? 0 : random.nextInt(30);
      for (int i = 0; i < size; i++) {
        devices.add(index + "-" + i);
      }
      return new Wave(
          "w" + index,
          devices,
          1 + random.nextInt(10),
          budget(),
          breach,
          random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(1),
          random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(101)),
          random.nextInt(3) == 0);
    }

    private Budget budget() {
      return new Budget(
          random.nextInt(3) == 0 ? OptionalInt.of(random.nextInt(5)) : OptionalInt.empty(),
          random.nextInt(3) == 0 ? OptionalDouble.of(random.nextInt(60)) : OptionalDouble.empty());
    }

    void toItsEnd() {
      happens(new Event.Begun());
      for (int i = 0; finish.isEmpty(); i++) {
        assertThat(i).as("steps without an end").isLessThan(PATIENCE);
        happens(next());
      }
      assertThat(working).as("at work when it finished").isEmpty();
      assertThat(finish.get().halt()).isEqualTo(rollout.halt());
      replayed();
    }

    /** Anything that can happen now; once nobody else can do a thing, the operator goes on. */
    private Event next() {
      int chance = random.nextInt(100);
      if (chance < 4) {
        return new Event.Paused();
      } else if (chance < 10) {
        return new Event.Continued();
      } else if (chance < 12) {
        return new Event.Approved();
      } else if (chance == 12 && random.nextInt(20) == 0) {
        return new Event.Aborted();
      }
      if (!working.isEmpty()) {
        return ofADevice();
      }
      if (asked.isEmpty()) {
        assertThat(rollout.paused()).as("waits for nothing, and is not paused").isTrue();
        return new Event.Continued();
      }
      return answer(asked.get());
    }

    private Event ofADevice() {
      List<String> some = working.stream().sorted().toList();
      String device = some.get(random.nextInt(some.size()));
      if (stopping && random.nextBoolean()) {
        return new Event.Ended(device, Event.Result.STOPPED);
      }
      if (failed.contains(device)) {
        return new Event.Ended(device, Event.Result.FAILED);
      }
      if (random.nextDouble() >= failing) {
        return new Event.Ended(device, Event.Result.OK);
      }
      return switch (random.nextInt(5)) {
        case 0 -> new Event.Ended(device, Event.Result.UNREACHABLE);
        case 1 -> new Event.Failed(device, random.nextInt(10) == 0);
        case 2 -> new Event.Failed(device, false);
        default -> new Event.Ended(device, Event.Result.FAILED);
      };
    }

    private Event answer(Decision decision) {
      return switch (decision) {
        case Decision.Soak ignored -> new Event.Soaked();
        case Decision.CheckGate gate -> {
          Set<String> unhealthy = new HashSet<>(gate.devices());
          unhealthy.removeIf(device -> random.nextDouble() > failing);
          yield new Event.GateChecked(unhealthy);
        }
        case Decision.AskApproval ignored -> new Event.Approved();
        default -> throw new AssertionError("nothing to answer: " + decision);
      };
    }

    private void happens(Event event) {
      happened(event);
      Rollout.Next next = rollout.on(event);
      events.add(event);
      decided.add(next.decisions());
      boolean wasBroken = rollout.halt().isPresent();
      rollout = next.rollout();
      if (!wasBroken && rollout.halt().orElse(null) instanceof Halt.BudgetBroken) {
        failedWhenBroken = counted();
        atWorkWhenBroken = working.size();
      }
      boolean over = rollout.halt().isPresent();
      for (Decision decision : next.decisions()) {
        carryOut(decision, over);
      }
      check();
    }

    private void happened(Event event) {
      switch (event) {
        case Event.Failed(String device, boolean fatal) -> fails(device);
        case Event.Ended(String device, Event.Result result) -> {
          working.remove(device);
          if (result == Event.Result.FAILED
              || (result == Event.Result.UNREACHABLE
                  && plan.unreachable() == Plan.Unreachable.FAILED)) {
            fails(device);
          }
        }
        case Event.Soaked() -> asked = Optional.empty();
        case Event.GateChecked ignored -> asked = Optional.empty();
        case Event.Approved() ->
            asked = asked.filter(open -> !(open instanceof Decision.AskApproval));
        case Event.Aborted() -> asked = Optional.empty();
        case Event.Begun() -> {}
        case Event.Paused() -> {}
        case Event.Continued() -> {}
      }
    }

    private void fails(String device) {
      failed.add(device);
      failedInWave.add(device);
    }

    private void carryOut(Decision decision, boolean over) {
      assertThat(finish).as("decided after the end: " + decision).isEmpty();
      switch (decision) {
        case Decision.StartWave(int index) -> {
          assertThat(index).as("waves in order").isEqualTo(wave + 1);
          assertThat(working).as("at work when the next wave began").isEmpty();
          wave = index;
          failedInWave.clear();
        }
        case Decision.StartDevice(String device) -> {
          assertThat(over).as("started after it was over: " + device).isFalse();
          assertThat(rollout.paused()).as("started while paused: " + device).isFalse();
          assertThat(plan.waves().get(wave).devices()).contains(device);
          assertThat(started.add(device)).as("started twice: " + device).isTrue();
          working.add(device);
        }
        case Decision.StopDevices() -> {
          assertThat(plan.waves().get(wave).breach()).isEqualTo(Wave.Breach.STOP);
          stopping = true;
        }
        case Decision.Soak soak -> asked = Optional.of(soak);
        case Decision.CheckGate gate -> asked = Optional.of(gate);
        case Decision.AskApproval ask -> asked = Optional.of(ask);
        case Decision.EndWave end -> {
          assertThat(end.wave()).isEqualTo(wave);
          assertThat(working).as("at work when its wave ended").isEmpty();
        }
        case Decision.Finish end -> finish = Optional.of(end);
      }
    }

    private int counted() {
      return failedBefore + failed.size();
    }

    private void check() {
      assertThat(rollout.working()).isEqualTo(working);
      assertThat(rollout.runFailed()).isEqualTo(counted());
      if (wave >= 0) {
        Wave present = plan.waves().get(wave);
        assertThat(working.size()).as("at work").isLessThanOrEqualTo(present.concurrency());
        int all =
            failedBefore + plan.waves().stream().mapToInt(some -> some.devices().size()).sum();
        boolean broken =
            present.budget().isBrokenBy(failedInWave.size(), present.devices().size())
                || plan.budget().isBrokenBy(counted(), all);
        // Failures of plays before count only once a device of this one fails.
        if (broken && !failed.isEmpty()) {
          assertThat(rollout.halt()).as("a budget is broken").isPresent();
        }
      }
      if (failedWhenBroken >= 0) {
        assertThat(counted())
            .as("failed, beyond what was at work when the budget broke")
            .isLessThanOrEqualTo(failedWhenBroken + atWorkWhenBroken);
      }
      assertThat(new HashSet<>(rollout.pending())).as("pending").isEqualTo(open());
    }

    /** What was decided and is not over, by this scheduler's own books. */
    private Set<Decision> open() {
      Set<Decision> open = new HashSet<>();
      if (finish.isPresent()) {
        open.add(finish.get());
        return open;
      }
      working.forEach(device -> open.add(new Decision.StartDevice(device)));
      asked.ifPresent(open::add);
      if (stopping) {
        open.add(new Decision.StopDevices());
      }
      return open;
    }

    private void replayed() {
      Rollout again = Rollout.of(plan, failedBefore);
      for (int i = 0; i < events.size(); i++) {
        Rollout.Next next = again.on(events.get(i));
        assertThat(next.decisions()).as("decided again").isEqualTo(decided.get(i));
        again = next.rollout();
      }
      assertThat(again).as("the state again").isEqualTo(rollout);
    }
  }
}
