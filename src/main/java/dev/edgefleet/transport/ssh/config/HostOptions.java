package dev.edgefleet.transport.ssh.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is configured for one host. Empty means that nothing is said; files still have their {@code
 * ~} and {@code %} words.
 *
 * @param name the host as it was asked for
 * @param hostName where it is; {@code %h} is replaced
 * @param identityFiles private keys; {@code none} alone means no key at all
 * @param identitiesOnly whether an agent's other keys stay unused
 * @param identityAgent socket, {@code SSH_AUTH_SOCK}, {@code $VARIABLE} or {@code none}
 * @param serverAliveInterval zero means that the server is not to be asked for a sign of life
 * @param notDone words that mean something to OpenSSH and nothing here, each with where it stands;
 *     those of the system's own files left out
 */
public record HostOptions(
    String name,
    String hostName,
    Optional<Integer> port,
    Optional<String> user,
    List<String> identityFiles,
    boolean identitiesOnly,
    Optional<String> identityAgent,
    List<String> certificateFiles,
    Optional<Proxy> proxy,
    Optional<List<String>> userKnownHostsFiles,
    Optional<List<String>> globalKnownHostsFiles,
    Optional<HostKeyChecking> hostKeyChecking,
    Optional<String> hostKeyAlias,
    Optional<Duration> connectTimeout,
    Optional<Duration> serverAliveInterval,
    List<String> notDone) {}
