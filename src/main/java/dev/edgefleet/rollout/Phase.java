package dev.edgefleet.rollout;

/** Where in a wave a rollout stands. */
public enum Phase {
  /** Nothing has happened yet. */
  NEW,
  /** Devices are at work, or are about to be. */
  DEVICES,
  /** The wave has to last. */
  SOAK,
  /** The wave's devices are looked at. */
  GATE,
  /** Somebody has to agree. */
  APPROVAL,
  /** All is over. */
  DONE
}
