package dev.edgefleet.transport.ssh;

import dev.edgefleet.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One SSH server with all that is needed to log in to it.
 *
 * @param host name or literal address
 * @param hostKeyAlias what known_hosts is searched for instead of the host
 * @param bastion whether it is a host on the way to devices
 * @param direct whether it is connected to from here, and not through a proxy
 * @param identity the keys to offer
 * @param password tried after every key
 * @param knownHosts whose keys are trusted
 * @param connectLimit for one connection, from its start to the login
 * @param keepAlive how often to ask for a sign of life
 */
public record Endpoint(
    String host,
    int port,
    String user,
    Optional<String> hostKeyAlias,
    boolean bastion,
    boolean direct,
    Identity identity,
    Optional<Secret> password,
    Trust knownHosts,
    Duration connectLimit,
    Duration keepAlive) {
  /**
   * Which keys to offer.
   *
   * @param required files that must be usable
   * @param configured files of which those are used that exist; none is an error
   * @param certificates beside those that stand next to a key
   * @param defaults whether {@code ~/.ssh/id_*} are used, when no file is named
   * @param only whether an agent's other keys stay unused
   * @param agent its socket
   */
  public record Identity(
      List<Path> required,
      List<Path> configured,
      List<Path> certificates,
      boolean defaults,
      boolean only,
      Optional<Path> agent) {}

  /**
   * Whose keys are trusted.
   *
   * @param userFiles at least one; new keys are added to the first
   * @param globalFiles never written to
   * @param acceptNew whether the key of a host that is in none of them is trusted and added
   */
  public record Trust(List<Path> userFiles, List<Path> globalFiles, boolean acceptNew) {}

  private static final int DEFAULT_PORT = 22;

  /** What known_hosts is searched for: {@code host}, {@code [host]:port}, or an alias. */
  public String keyName() {
    return hostKeyAlias.orElse(port == DEFAULT_PORT ? host : "[" + host + "]:" + port);
  }

  /** As OpenSSH: a server on another port may show a key that is on record for its host. */
  public Optional<String> keyNameWithoutPort() {
    return hostKeyAlias.isPresent() || port == DEFAULT_PORT ? Optional.empty() : Optional.of(host);
  }

  /** Whom a host certificate has to be for. */
  String principal() {
    return hostKeyAlias.orElse(host);
  }

  /** {@code host}, or {@code host:port} when the port is not 22; a bastion is called one. */
  public String place() {
    String shown = host.indexOf(':') >= 0 && port != DEFAULT_PORT ? "[" + host + "]" : host;
    return (bastion ? "bastion " : "") + (port == DEFAULT_PORT ? shown : shown + ":" + port);
  }
}
