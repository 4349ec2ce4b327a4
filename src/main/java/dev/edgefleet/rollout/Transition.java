package dev.edgefleet.rollout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One rollout on its way to the next. */
final class Transition {
  private final Plan plan;
  private final int failedBefore;
  private final List<Decision> decisions = new ArrayList<>();
  private Phase phase;
  private int wave;
  private int next;
  private Set<String> working;
  private Set<String> failing;
  private Set<String> lost;
  private int waveFailed;
  private int runFailed;
  private boolean paused;
  private Optional<Halt> halt;

  Transition(Rollout from) {
    plan = from.plan();
    failedBefore = from.failedBefore();
    phase = from.phase();
    wave = from.wave();
    next = from.next();
    working = from.working();
    failing = from.failing();
    lost = from.lost();
    waveFailed = from.waveFailed();
    runFailed = from.runFailed();
    paused = from.paused();
    halt = from.halt();
  }

  Rollout.Next on(Event event) {
    switch (event) {
      case Event.Begun() -> {
        expect(phase == Phase.NEW, event);
        beginWave(0);
      }
      case Event.Failed failed -> {
        expect(working.contains(failed.device()), event);
        count(failed.device(), failed.fatal());
      }
      case Event.Ended ended -> {
        expect(working.contains(ended.device()), event);
        ended(ended);
      }
      case Event.Soaked() -> {
        if (isAwaited(Phase.SOAK, event)) {
          gate();
        }
      }
      case Event.GateChecked checked -> {
        if (isAwaited(Phase.GATE, event)) {
          judge(checked.unhealthy());
        }
      }
      case Event.Approved() -> {
        if (phase == Phase.APPROVAL) {
          endWave();
        }
      }
      case Event.Paused() -> paused = true;
      case Event.Continued() -> {
        paused = false;
        fill();
      }
      case Event.Aborted() -> abort();
    }
    return new Rollout.Next(
        new Rollout(
            plan,
            phase,
            wave,
            next,
            working,
            failing,
            lost,
            waveFailed,
            runFailed,
            failedBefore,
            paused,
            halt),
        decisions);
  }

  // What was asked for before the operator aborted may answer after it.
  private boolean isAwaited(Phase asked, Event event) {
    expect(phase == asked || phase == Phase.DONE, event);
    return phase == asked;
  }

  private static void expect(boolean holds, Event event) {
    if (!holds) {
      throw new IllegalArgumentException("not now: " + event);
    }
  }

  private Wave present() {
    return plan.waves().get(wave);
  }

  private void beginWave(int index) {
    if (index == plan.waves().size()) {
      finish();
      return;
    }
    wave = index;
    phase = Phase.DEVICES;
    next = 0;
    lost = Set.of();
    waveFailed = 0;
    decisions.add(new Decision.StartWave(index));
    fill();
    devicesDone();
  }

  private void fill() {
    if (phase != Phase.DEVICES || paused || halt.isPresent()) {
      return;
    }
    Set<String> started = new LinkedHashSet<>(working);
    while (next < present().devices().size() && started.size() < present().concurrency()) {
      String device = present().devices().get(next++);
      started.add(device);
      decisions.add(new Decision.StartDevice(device));
    }
    working = started;
  }

  private void ended(Event.Ended ended) {
    String device = ended.device();
    switch (ended.result()) {
      case OK -> {}
      case FAILED -> count(device, false);
      case UNREACHABLE -> {
        if (plan.unreachable() == Plan.Unreachable.FAILED) {
          count(device, false);
        }
      }
      case STOPPED -> {}
    }
    if (ended.result() != Event.Result.OK) {
      lost = with(lost, device);
    }
    working = without(working, device);
    failing = without(failing, device);
    fill();
    devicesDone();
  }

  /** A device's failure, once. */
  private void count(String device, boolean fatal) {
    if (!failing.contains(device)) {
      failing = with(failing, device);
      waveFailed++;
      runFailed++;
    }
    if (halt.isPresent()) {
      return;
    }
    int all = failedBefore + plan.waves().stream().mapToInt(w -> w.devices().size()).sum();
    int inWave = present().devices().size();
    if (fatal) {
      stop(new Halt.Fatal(wave, device));
    } else if (present().budget().isBrokenBy(waveFailed, inWave)) {
      stop(new Halt.BudgetBroken(wave, false, waveFailed, inWave));
    } else if (plan.budget().isBrokenBy(runFailed, all)) {
      stop(new Halt.BudgetBroken(wave, true, runFailed, all));
    }
  }

  private void stop(Halt why) {
    halt = Optional.of(why);
    if (present().breach() == Wave.Breach.STOP) {
      decisions.add(new Decision.StopDevices());
    }
  }

  private void devicesDone() {
    if (phase != Phase.DEVICES || !working.isEmpty()) {
      return;
    }
    if (halt.isPresent()) {
      endEarly();
    } else if (next == present().devices().size()) {
      if (next > 0 && lost.size() == next) {
        halt = Optional.of(new Halt.WaveLost(wave, next));
        endEarly();
      } else {
        soak();
      }
    }
  }

  private void soak() {
    if (present().soak().isPositive() && next > 0) {
      phase = Phase.SOAK;
      decisions.add(new Decision.Soak(wave, present().soak()));
    } else {
      gate();
    }
  }

  private void gate() {
    if (present().gate().isPresent() && next > 0) {
      phase = Phase.GATE;
      decisions.add(new Decision.CheckGate(wave, through()));
    } else {
      approval();
    }
  }

  private List<String> through() {
    return present().devices().stream().filter(device -> !lost.contains(device)).toList();
  }

  private void judge(Set<String> unhealthy) {
    List<String> looked = through();
    int healthy = (int) looked.stream().filter(device -> !unhealthy.contains(device)).count();
    double needed = present().gate().orElseThrow();
    if (healthy * 100.0 < needed * looked.size()) {
      halt = Optional.of(new Halt.GateFailed(wave, healthy, looked.size(), needed));
      endEarly();
    } else {
      approval();
    }
  }

  private void approval() {
    if (present().approve()) {
      phase = Phase.APPROVAL;
      decisions.add(new Decision.AskApproval(wave));
    } else {
      endWave();
    }
  }

  private void endWave() {
    decisions.add(new Decision.EndWave(wave, Optional.empty()));
    beginWave(wave + 1);
  }

  private void abort() {
    if (phase == Phase.DONE || halt.isPresent()) {
      return;
    }
    halt = Optional.of(new Halt.Aborted());
    if (phase == Phase.NEW) {
      finish();
    } else if (working.isEmpty()) {
      endEarly();
    }
  }

  private void endEarly() {
    decisions.add(new Decision.EndWave(wave, halt));
    finish();
  }

  private void finish() {
    phase = Phase.DONE;
    decisions.add(new Decision.Finish(halt));
  }

  private static Set<String> with(Set<String> some, String one) {
    Set<String> all = new HashSet<>(some);
    all.add(one);
    return all;
  }

  private static Set<String> without(Set<String> some, String one) {
    Set<String> rest = new LinkedHashSet<>(some);
    rest.remove(one);
    return rest;
  }
}
