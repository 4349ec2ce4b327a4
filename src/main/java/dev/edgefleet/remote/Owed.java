package dev.edgefleet.remote;

/**
 * Whether a service has a restart outstanding.
 *
 * @param owed true while a noted file has the content it was noted with
 */
public record Owed(boolean owed) {}
