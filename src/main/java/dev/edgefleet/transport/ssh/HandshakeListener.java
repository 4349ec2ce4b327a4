package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.ssh.hostkey.TrustedKeys;
import java.util.Map;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/**
 * Gives each new session its {@link HandshakeTrace}, and asks servers for the host key that is on
 * record.
 */
final class HandshakeListener implements SessionListener {
  @Override
  public void sessionCreated(Session session) {
    session.addSessionListener(HandshakeTrace.of(session));
  }

  @Override
  public void sessionNegotiationOptionsCreated(
      Session session, Map<KexProposalOption, String> proposal) {
    TrustedKeys trusted = HandshakeTrace.of(session).trusted();
    proposal.computeIfPresent(
        KexProposalOption.SERVERKEYS,
        (option, offered) ->
            Algorithms.preferring(trusted.keyTypes(), trusted.hasAuthority(), offered));
  }
}
