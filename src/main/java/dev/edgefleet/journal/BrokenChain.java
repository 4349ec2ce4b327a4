package dev.edgefleet.journal;

/**
 * Where a journal stops being what was written.
 *
 * @param sequence of the first record that does not fit
 * @param reason one sentence for people
 */
public record BrokenChain(long sequence, String reason) {}
