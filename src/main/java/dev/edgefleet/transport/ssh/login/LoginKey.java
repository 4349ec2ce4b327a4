package dev.edgefleet.transport.ssh.login;

import java.security.KeyPair;
import java.security.PublicKey;

/** A key to log in with. */
sealed interface LoginKey {
  /** What the server is shown: a key or a certificate. */
  PublicKey publicKey();

  /** How the operator knows it: a path, or the comment that the agent shows. */
  String name();

  /** Signs in this program. */
  record InFile(KeyPair pair, String name) implements LoginKey {
    @Override
    public PublicKey publicKey() {
      return pair.getPublic();
    }
  }

  /** The ssh-agent signs. */
  record InAgent(AgentKey identity, String name) implements LoginKey {
    @Override
    public PublicKey publicKey() {
      return identity.shown();
    }
  }
}
