package dev.edgefleet.transport.ssh.login;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.session.SessionContext;

/**
 * A key that an ssh-agent signs with.
 *
 * @param agent signs
 * @param held what the agent knows it by
 * @param shown what servers are shown: {@code held}, or a certificate for it from a file
 * @param comment as the agent shows it
 */
record AgentKey(AgentSocket agent, PublicKey held, PublicKey shown, String comment)
    implements PublicKeyIdentity {
  @Override
  public KeyPair getKeyIdentity() {
    return new KeyPair(shown, null);
  }

  /** May take as long as a person needs to touch a key. */
  @Override
  public Map.Entry<String, byte[]> sign(SessionContext session, String algorithm, byte[] data)
      throws Exception {
    String plain = Certificates.isOne(held) ? algorithm : Certificates.plainAlgorithm(algorithm);
    // The agent names the algorithm without the certificate; the login wants the name it asked for.
    return Map.entry(algorithm, agent.sign(session, held, plain, data).getValue());
  }
}
