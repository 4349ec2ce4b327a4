package dev.edgefleet.engine.wave;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.inventory.HostPattern;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.playbook.Batch;
import dev.edgefleet.playbook.FailureLimits;
import dev.edgefleet.playbook.GateKeywords;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.RolloutKeywords;
import dev.edgefleet.playbook.UnreachableWord;
import dev.edgefleet.playbook.WaveKeywords;
import dev.edgefleet.playbook.WaveMembers;
import dev.edgefleet.rollout.Budget;
import dev.edgefleet.rollout.Plan;
import dev.edgefleet.rollout.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a rollout's plan of a play's words and its devices. */
public final class WavePlan {
  private static final int NAMED = 3;

  private final List<String> devices;
  private final Inventory inventory;
  private final int concurrency;
  private final String run;

  private WavePlan(List<Device> devices, Inventory inventory, int concurrency, String run) {
    this.devices = devices.stream().map(Device::name).toList();
    this.inventory = inventory;
    this.concurrency = concurrency;
    this.run = run;
  }

  /**
   * Each device is in one wave, the first that names it. A wave may be empty.
   *
   * @param devices those of the play that take part, in its order
   * @param concurrency most devices at work at one time, whatever a wave says
   * @param run id of the run, which shuffled waves hang on
   * @throws BadInput when a wave's pattern names nothing the inventory has, or a device is in no
   *     wave
   */
  public static Plan of(
      Play play, List<Device> devices, Inventory inventory, int concurrency, String run) {
    WavePlan plan = new WavePlan(devices, inventory, concurrency, run);
    return play.rollout().map(plan::ofRollout).orElseGet(() -> plan.asAnsible(play));
  }

  private Plan ofRollout(RolloutKeywords rollout) {
    Set<String> left = new LinkedHashSet<>(devices);
    List<Wave> waves = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (WaveKeywords words : rollout.waves()) {
      try {
        List<String> members = members(words.members(), left);
        members.forEach(left::remove);
        waves.add(wave(words, new DeviceOrder(run, words.name()).of(members, words.order())));
      } catch (BadInput e) {
        problems.addAll(e.problems());
      }
    }
    if (problems.isEmpty() && !left.isEmpty()) {
      problems.add(left(rollout, left));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return new Plan(
        waves,
        budget(rollout.budget()),
        rollout.unreachable() == UnreachableWord.IGNORED
            ? Plan.Unreachable.IGNORED
            : Plan.Unreachable.FAILED);
  }

  private static Problem left(RolloutKeywords rollout, Collection<String> left) {
    String named = left.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = left.size() - NAMED;
    return Problem.at(
        rollout.place(),
        (left.size() == 1 ? "one device is" : left.size() + " devices are")
            + " in no wave of this rollout: "
            + named
            + (more > 0 ? " and " + more + " more" : ""),
        "add a wave with rest: true");
  }

  private List<String> members(WaveMembers members, Set<String> left) {
    return switch (members) {
      case WaveMembers.Group group -> {
        Set<String> named = named(group);
        yield left.stream().filter(named::contains).toList();
      }
      case WaveMembers.Count count -> first(left, count.devices());
      case WaveMembers.Percent share -> first(left, share(share.percent()));
      case WaveMembers.Rest() -> List.copyOf(left);
    };
  }

  private Set<String> named(WaveMembers.Group group) {
    try {
      Set<String> named = new HashSet<>();
      inventory
          .select(new HostPattern(group.pattern()))
          .forEach(device -> named.add(device.name()));
      return named;
    } catch (BadInput e) {
      throw e.at(group.place());
    }
  }

  private static List<String> first(Collection<String> devices, int count) {
    return devices.stream().limit(count).toList();
  }

  private int share(double percent) {
    return Math.max(1, (int) (devices.size() * percent / 100));
  }

  private Wave wave(WaveKeywords words, List<String> members) {
    return new Wave(
        words.name(),
        members,
        Math.min(concurrency, words.concurrency().orElse(concurrency)),
        budget(words.budget()),
        Wave.Breach.FINISH,
        words.soak(),
        words
            .gate()
            .map(GateKeywords::healthy)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        words.approve());
  }

  private static Budget budget(FailureLimits words) {
    return new Budget(
        words.devices().map(OptionalInt::of).orElse(OptionalInt.empty()), percent(words.percent()));
  }

  private static OptionalDouble percent(Optional<Double> percent) {
    return percent.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private Plan asAnsible(Play play) {
    Budget budget = new Budget(OptionalInt.empty(), percent(play.maxFailPercentage()));
    List<Wave> waves = new ArrayList<>();
    if (play.serial().isEmpty()) {
      waves.add(batch(play.name(), devices, budget));
    }
    for (int from = 0; from < devices.size() && !play.serial().isEmpty(); ) {
      // The last entry is for all that are left.
      Batch size = play.serial().get(Math.min(waves.size(), play.serial().size() - 1));
      int to = Math.min(devices.size(), from + size(size));
      waves.add(batch("batch " + (waves.size() + 1), devices.subList(from, to), budget));
      from = to;
    }
    return new Plan(waves, Budget.UNLIMITED, Plan.Unreachable.FAILED);
  }

  private int size(Batch batch) {
    return switch (batch) {
      case Batch.Count count -> Math.max(1, count.devices());
      case Batch.Percent share -> share(share.percent());
    };
  }

  private Wave batch(String name, List<String> members, Budget budget) {
    return new Wave(
        name,
        members,
        concurrency,
        budget,
        Wave.Breach.STOP,
        Duration.ZERO,
        OptionalDouble.empty(),
        false);
  }
}
