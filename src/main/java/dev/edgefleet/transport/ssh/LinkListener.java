package dev.edgefleet.transport.ssh;

import java.util.Map;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Gives each new session its {@link Link}, and asks servers for the host key that is on record. */
final class LinkListener implements SessionListener {
  @Override
  public void sessionCreated(Session session) {
    session.addSessionListener(Link.of(session));
  }

  @Override
  public void sessionNegotiationOptionsCreated(
      Session session, Map<KexProposalOption, String> proposal) {
    TrustedKeys trusted = Link.of(session).trusted();
    proposal.computeIfPresent(
        KexProposalOption.SERVERKEYS,
        (option, offered) ->
            Algorithms.preferring(trusted.keyTypes(), trusted.hasAuthority(), offered));
  }
}
