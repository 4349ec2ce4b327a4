package dev.edgefleet.remote.service;

/**
 * Whether a service has a restart outstanding.
 *
 * @param owed true while a noted file has the content it was noted with
 */
public record PendingRestartResult(boolean owed) {}
