package dev.edgefleet.transport.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What all connections of a run share.
 *
 * @param knownHosts OpenSSH known_hosts file; need not exist
 * @param acceptNewHostKeys whether the key of a host that is not in {@code knownHosts} is trusted
 *     and added to it; a changed key is refused all the same
 * @param connectLimit for name, TCP, key exchange and login together, counted from when the
 *     handshake may begin
 * @param keepAlive how often the device is asked for a sign of life; after two without an answer
 *     the connection is lost at the third, so within three times this
 * @param agentSocket Unix socket of an ssh-agent, normally {@code SSH_AUTH_SOCK}
 * @param passphrases of encrypted private keys
 * @param handshakes how many may be under way at once, at least 1
 */
public record SshSettings(
    Path knownHosts,
    boolean acceptNewHostKeys,
    Duration connectLimit,
    Duration keepAlive,
    Optional<Path> agentSocket,
    Passphrases passphrases,
    int handshakes) {}
