package dev.edgefleet.rollout;

/** Why a rollout ends before its last wave. */
public sealed interface Halt {
  /**
   * More devices failed than a budget allows.
   *
   * @param wave index of the wave in which that happened
   * @param wholeRun whether it is the budget over all waves
   * @param failed how many had failed when it broke
   * @param of how many devices the budget is over
   */
  record BudgetBroken(int wave, boolean wholeRun, int failed, int of) implements Halt {}

  /** A device failed whose failure is everybody's. */
  record Fatal(int wave, String device) implements Halt {}

  /** No device of a wave came through, though no budget says a word about it. */
  record WaveLost(int wave, int devices) implements Halt {}

  /**
   * @param needed share that had to be healthy, in percent
   */
  record GateFailed(int wave, int healthy, int of, double needed) implements Halt {}

  record Aborted() implements Halt {}
}
