package dev.edgefleet.remote;

/**
 * The restart that a change to a file makes due.
 *
 * @param service systemd unit to restart; {@code .service} may be left out
 * @param stateFolder where edgefleet keeps notes on the device, {@code /var/lib/edgefleet}
 */
public record Owes(String service, String stateFolder) {}
