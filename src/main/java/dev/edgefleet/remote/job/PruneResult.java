package dev.edgefleet.remote.job;

/**
 * What was cleared away.
 *
 * @param count of directories that jobs had left
 */
public record PruneResult(int count) {}
