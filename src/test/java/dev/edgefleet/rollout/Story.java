package dev.edgefleet.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** A rollout to which things happen; tells what each of them made it decide. */
final class Story {
  private Rollout rollout;

  Story(Plan plan) {
    this(plan, 0);
  }

  Story(Plan plan, int failedBefore) {
    rollout = Rollout.of(plan, failedBefore);
  }

  static Plan plan(Wave... waves) {
    return plan(Budget.UNLIMITED, Plan.Unreachable.FAILED, waves);
  }

  static Plan plan(Budget budget, Plan.Unreachable unreachable, Wave... waves) {
    return new Plan(List.of(waves), budget, unreachable);
  }

  /** A wave of devices, each a letter, that all go at once and may all fail. */
  static Wave wave(String devices) {
    return new Wave(
        devices,
        Arrays.asList(devices.split("", -1)).stream().filter(name -> !name.isEmpty()).toList(),
        100,
        Budget.UNLIMITED,
        Wave.Breach.FINISH,
        Duration.ZERO,
        OptionalDouble.empty(),
        false);
  }

  static Wave atOnce(int concurrency, Wave of) {
    return new Wave(
        of.name(),
        of.devices(),
        concurrency,
        of.budget(),
        of.breach(),
        of.soak(),
        of.gate(),
        of.approve());
  }

  static Wave budget(Budget budget, Wave of) {
    return new Wave(
        of.name(),
        of.devices(),
        of.concurrency(),
        budget,
        of.breach(),
        of.soak(),
        of.gate(),
        of.approve());
  }

  static Wave stopping(Wave of) {
    return new Wave(
        of.name(),
        of.devices(),
        of.concurrency(),
        of.budget(),
        Wave.Breach.STOP,
        of.soak(),
        of.gate(),
        of.approve());
  }

  static Wave then(Duration soak, OptionalDouble gate, boolean approve, Wave of) {
    return new Wave(
        of.name(), of.devices(), of.concurrency(), of.budget(), of.breach(), soak, gate, approve);
  }

  static Budget devices(int most) {
    return new Budget(OptionalInt.of(most), OptionalDouble.empty());
  }

  static Budget percent(double most) {
    return new Budget(OptionalInt.empty(), OptionalDouble.of(most));
  }

  Rollout rollout() {
    return rollout;
  }

  List<Decision> begun() {
    return on(new Event.Begun());
  }

  List<Decision> ok(String device) {
    return on(new Event.Ended(device, Event.Result.OK));
  }

  List<Decision> fails(String device) {
    return on(new Event.Ended(device, Event.Result.FAILED));
  }

  List<Decision> unreachable(String device) {
    return on(new Event.Ended(device, Event.Result.UNREACHABLE));
  }

  List<Decision> stopped(String device) {
    return on(new Event.Ended(device, Event.Result.STOPPED));
  }

  List<Decision> soaked() {
    return on(new Event.Soaked());
  }

  List<Decision> unhealthy(String... devices) {
    return on(new Event.GateChecked(Set.of(devices)));
  }

  List<Decision> on(Event event) {
    Rollout.Next next = rollout.on(event);
    rollout = next.rollout();
    return next.decisions();
  }

  /** What {@code StartDevice} names. */
  static String started(List<Decision> decisions) {
    List<String> names = new ArrayList<>();
    for (Decision decision : decisions) {
      if (decision instanceof Decision.StartDevice start) {
        names.add(start.device());
      }
    }
    return String.join("", names);
  }
}
