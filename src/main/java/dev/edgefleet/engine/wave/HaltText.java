package dev.edgefleet.engine.wave;

import dev.edgefleet.rollout.Halt;
import dev.edgefleet.rollout.Plan;

/** Why a rollout ended early, as a sentence. */
record HaltText(Plan plan) {
  String of(Halt halt) {
    return switch (halt) {
      case Halt.BudgetBroken broken ->
          wave(broken.wave())
              + broken.failed()
              + " of "
              + owner(broken)
              + broken.of()
              + (broken.of() == 1 ? " device" : " devices")
              + " failed, which is more than it allows";
      case Halt.Fatal fatal ->
          wave(fatal.wave()) + fatal.device() + " failed, which ends it for all";
      case Halt.WaveLost lost ->
          wave(lost.wave())
              + (lost.devices() == 1
                  ? "its device did not come through"
                  : "none of its " + lost.devices() + " devices came through");
      case Halt.GateFailed gate ->
          wave(gate.wave())
              + gate.healthy()
              + " of "
              + gate.of()
              + (gate.of() == 1 ? " device is healthy, and " : " devices are healthy, and ")
              + share(gate.needed())
              + " have to be";
      case Halt.Aborted() -> "aborted by the operator";
    };
  }

  private String owner(Halt.BudgetBroken broken) {
    if (broken.wholeRun()) {
      return "the rollout's ";
    }
    return plan.waves().size() == 1 ? "the play's " : "its ";
  }

  private String wave(int index) {
    return plan.waves().size() == 1 ? "" : plan.waves().get(index).name() + ": ";
  }

  private static String share(double percent) {
    return (percent == Math.rint(percent) ? String.valueOf((long) percent) : percent + "") + "%";
  }
}
