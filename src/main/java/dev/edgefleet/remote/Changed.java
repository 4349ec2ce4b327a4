package dev.edgefleet.remote;

/**
 * Whether an operation found something to do.
 *
 * @param changed false when the device already was as asked
 */
public record Changed(boolean changed) {}
