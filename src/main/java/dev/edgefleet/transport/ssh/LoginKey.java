package dev.edgefleet.transport.ssh;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.client.auth.pubkey.KeyAgentIdentity;

/** A key to log in with. */
sealed interface LoginKey {
  PublicKey publicKey();

  /** How the operator knows it: a path, or the comment that the agent shows. */
  String name();

  /** Signs in this program. */
  record InFile(KeyPair pair, Path file) implements LoginKey {
    @Override
    public PublicKey publicKey() {
      return pair.getPublic();
    }

    @Override
    public String name() {
      return file.toString();
    }
  }

  /** The ssh-agent signs, which may take as long as a person needs to touch a key. */
  record InAgent(KeyAgentIdentity identity, String name) implements LoginKey {
    @Override
    public PublicKey publicKey() {
      return identity.getKeyIdentity().getPublic();
    }
  }
}
