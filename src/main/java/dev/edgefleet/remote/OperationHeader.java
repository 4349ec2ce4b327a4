package dev.edgefleet.remote;

/**
 * Who asks: goes in front of every operation's parameters, so that a device can tell runs apart.
 *
 * @param run run id
 * @param step step id, stable over resume
 * @param lock {@code <number of the run's process, from 1>/<operator>}: a changing operation takes
 *     the device's lock first, or fails when another run or a later process of this one has it. An
 *     {@code !} in front takes it from another run. {@link #NO_LOCK} neither takes nor minds it
 */
public record OperationHeader(String run, String step, String lock) {
  /** As {@code lock}: the device's lock does not matter. */
  public static final String NO_LOCK = "-";
}
