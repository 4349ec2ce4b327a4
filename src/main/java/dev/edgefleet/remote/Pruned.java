package dev.edgefleet.remote;

/**
 * What was cleared away.
 *
 * @param count of folders that jobs had left
 */
public record Pruned(int count) {}
