package dev.edgefleet.transport.ssh.login;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Optional;

/** A private key file, as far as it could be opened. */
sealed interface IdentityFile {
  Path file();

  /**
   * Ready to sign with.
   *
   * @param pair public and private key
   */
  record Open(Path file, KeyPair pair) implements IdentityFile {}

  /**
   * Encrypted, and not opened yet.
   *
   * @param publicKey when it stands beside or in front of the encrypted part
   */
  record Encrypted(Path file, Optional<PublicKey> publicKey) implements IdentityFile {}

  /** The public half alone: of use when an agent holds the other. */
  record PublicOnly(Path file, PublicKey publicKey) implements IdentityFile {
    String why() {
      return "The identity file " + file + " has no private key, and ssh-agent does not hold it";
    }

    String remedy() {
      return "Load the key with ssh-add, or name the private key.";
    }
  }

  /**
   * Of no use.
   *
   * @param why one sentence
   * @param remedy what to do
   */
  record Useless(Path file, String why, String remedy) implements IdentityFile {}
}
