package dev.edgefleet.transport.ssh;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.ssh.config.SshArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where to log in, and as whom. What is left out comes from the ssh configuration.
 *
 * @param host as in {@code ssh HOST}: a name, a literal address, or a {@code Host} of the
 *     configuration
 * @param identityFiles private keys that must be usable; they are offered first, in order
 * @param password tried after every key, also as the answer to a single password prompt
 * @param arguments what wins over the configuration: port and user too
 */
public record SshTarget(
    String host, List<Path> identityFiles, Optional<Secret> password, SshArguments arguments) {
  public SshTarget {
    identityFiles = List.copyOf(identityFiles);
  }

  /**
   * A host of which everything is known.
   *
   * @param port TCP port, 1 to 65535
   * @param user login name on the device
   */
  public SshTarget(
      String host, int port, String user, List<Path> identityFiles, Optional<Secret> password) {
    this(
        host,
        identityFiles,
        password,
        SshArguments.of("port", "Port", Integer.toString(port))
            .then(SshArguments.of("user", "User", user)));
  }
}
