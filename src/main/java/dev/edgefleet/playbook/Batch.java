package dev.edgefleet.playbook;

/** One entry of {@code serial}: how many devices take part at a time. */
public sealed interface Batch {
  /** So many devices, from 1. */
  record Count(int devices) implements Batch {}

  /** A share of the play's devices, over 0 to 100; at least one device. */
  record Percent(double percent) implements Batch {}
}
