package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What all connections of a run share.
 *
 * @param config the operator's ssh configuration
 * @param knownHosts OpenSSH known_hosts file to use instead of those the configuration names; need
 *     not exist
 * @param acceptNewHostKeys whether the key of a host that is not in the known hosts is trusted and
 *     added, whatever the configuration says; a changed key is refused all the same
 * @param connectLimit for name, TCP, key exchange and login together, counted from when the
 *     handshake may begin; when empty, the configuration's or 15 s
 * @param keepAlive how often a host is asked for a sign of life where the configuration does not
 *     say; after two without an answer the connection is lost at the third, so within three times
 *     this
 * @param agentSocket Unix socket of an ssh-agent, normally {@code SSH_AUTH_SOCK}
 * @param passphrases of encrypted private keys
 * @param handshakes how many may be under way at once, at least 1
 */
public record SshSettings(
    SshConfig config,
    Optional<Path> knownHosts,
    boolean acceptNewHostKeys,
    Optional<Duration> connectLimit,
    Duration keepAlive,
    Optional<Path> agentSocket,
    Passphrases passphrases,
    int handshakes) {
  /** Without any ssh configuration. */
  public SshSettings(
      Path knownHosts,
      boolean acceptNewHostKeys,
      Duration connectLimit,
      Duration keepAlive,
      Optional<Path> agentSocket,
      Passphrases passphrases,
      int handshakes) {
    this(
        SshConfig.NONE,
        Optional.of(knownHosts),
        acceptNewHostKeys,
        Optional.of(connectLimit),
        keepAlive,
        agentSocket,
        passphrases,
        handshakes);
  }
}
