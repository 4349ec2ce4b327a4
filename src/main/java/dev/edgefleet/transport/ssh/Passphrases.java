package dev.edgefleet.transport.ssh;

import dev.edgefleet.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Where the passphrases of encrypted private keys come from. */
public interface Passphrases {
  /**
   * The passphrase of a key file. Asked at most once for each file, and never while a connection
   * waits for the answer, so it may prompt.
   *
   * @return empty when there is none to try
   */
  Optional<Secret> forKey(Path file);
}
