package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;

/** Which of a play's devices a wave is for, less those of the waves before it. */
public sealed interface WaveMembers {
  /**
   * Those that a host pattern names.
   *
   * @param pattern such as a group
   */
  record Group(Place place, String pattern) implements WaveMembers {}

  /** The next so many, from 1. */
  record Count(int devices) implements WaveMembers {}

  /** The next so many as are this share of all the play's devices, over 0 to 100; at least one. */
  record Percent(double percent) implements WaveMembers {}

  /** All that are left. */
  record Rest() implements WaveMembers {}
}
