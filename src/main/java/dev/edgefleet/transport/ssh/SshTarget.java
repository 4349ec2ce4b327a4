package dev.edgefleet.transport.ssh;

import dev.edgefleet.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where to log in, and as whom.
 *
 * @param host name or literal address, as the operator wrote it; known_hosts is searched for it
 * @param port TCP port, 1 to 65535
 * @param user login name on the device
 * @param identityFiles private keys to offer, in order; when empty, {@code ~/.ssh/id_ed25519},
 *     {@code id_ecdsa} and {@code id_rsa}, those that exist
 * @param password tried after every key, also as the answer to a single password prompt
 */
public record SshTarget(
    String host, int port, String user, List<Path> identityFiles, Optional<Secret> password) {
  public SshTarget {
    identityFiles = List.copyOf(identityFiles);
  }

  /** {@code host}, or {@code host:port} when the port is not 22. */
  String place() {
    String shown = host.indexOf(':') >= 0 && port != 22 ? "[" + host + "]" : host;
    return port == 22 ? shown : shown + ":" + port;
  }
}
