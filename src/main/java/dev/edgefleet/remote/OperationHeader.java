package dev.edgefleet.remote;

/**
 * Who asks: goes in front of every operation's parameters, so that a device can tell runs apart.
 *
 * @param run run id
 * @param step step id, stable over resume
 * @param lock fencing token of the device's lock; {@code -} while locks are not taken
 */
public record OperationHeader(String run, String step, String lock) {}
