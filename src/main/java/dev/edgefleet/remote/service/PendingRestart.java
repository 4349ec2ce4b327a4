package dev.edgefleet.remote.service;

/**
 * The restart that a change to a file makes due.
 *
 * @param service systemd unit to restart; {@code .service} may be left out
 * @param stateDirectory where edgefleet keeps notes on the device, {@code /var/lib/edgefleet}
 */
public record PendingRestart(String service, String stateDirectory) {}
