package dev.edgefleet.transport.ssh.login;

import dev.edgefleet.transport.ssh.Algorithms;
import dev.edgefleet.transport.ssh.HandshakeTrace;
import java.util.Iterator;
import org.apache.sshd.client.auth.AbstractUserAuthFactory;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.auth.pubkey.KeyPairIdentity;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Login by key: offers a connection's {@link LoginKeys} and nothing else. An agent signs on a
 * virtual thread, because it may wait for a person and this runs where no one may wait.
 */
public final class PublicKeyLogin extends UserAuthPublicKey {
  /** Makes one for each session. */
  public static final class Factory extends AbstractUserAuthFactory {
    public Factory() {
      super(NAME);
    }

    @Override
    public UserAuth createUserAuth(ClientSession session) {
      return new PublicKeyLogin();
    }
  }

  private PublicKeyLogin() {
    super(Algorithms.loginSignatures());
  }

  @Override
  protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
      ClientSession session, SignatureFactoriesManager signatures) {
    HandshakeTrace link = HandshakeTrace.of(session);
    Iterator<LoginKey> keys = link.login().keys().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return keys.hasNext();
      }

      @Override
      public PublicKeyIdentity next() {
        LoginKey key = keys.next();
        link.offered(key.name());
        return switch (key) {
          case LoginKey.InFile file -> new KeyPairIdentity(signatures, session, file.pair());
          case LoginKey.InAgent agent -> agent.identity();
        };
      }
    };
  }

  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
      throws Exception {
    if (!(current instanceof AgentKey)) {
      return super.processAuthDataRequest(session, service, buffer);
    }
    // The buffer is used again as soon as this returns.
    Buffer copy = new ByteArrayBuffer(buffer.getCompactData());
    Thread.ofVirtual().start(() -> signWithAgent(session, service, copy));
    return true;
  }

  private void signWithAgent(ClientSession session, String service, Buffer buffer) {
    try {
      super.processAuthDataRequest(session, service, buffer);
    } catch (Exception refused) {
      if (current instanceof AgentKey key) {
        HandshakeTrace.of(session).agentRefused(key.comment());
      }
      nextKey(session, service, refused);
    }
  }

  // As OpenSSH: an agent that will not sign is no reason to give up the other keys.
  private void nextKey(ClientSession session, String service, Exception refused) {
    currentAlgorithms.clear();
    try {
      if (!sendAuthDataRequest(session, service)) {
        session.exceptionCaught(refused);
      }
    } catch (Exception e) {
      session.exceptionCaught(e);
    }
  }
}
