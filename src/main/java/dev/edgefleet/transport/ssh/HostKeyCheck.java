package dev.edgefleet.transport.ssh;

import java.net.SocketAddress;
import java.security.PublicKey;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/**
 * Decides whether a server's key is trusted. Runs where nothing may block: a new key that is
 * accepted is written to known_hosts by the thread that connects, before it logs in.
 */
final class HostKeyCheck implements ServerKeyVerifier {
  private final KnownHosts knownHosts;
  private final boolean acceptNew;

  HostKeyCheck(KnownHosts knownHosts, boolean acceptNew) {
    this.knownHosts = knownHosts;
    this.acceptNew = acceptNew;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    Link link = Link.of(session);
    SshTarget target = link.target();
    HostKey shown = HostKey.of(key);
    HostKeyVerdict verdict = knownHosts.check(target.host(), target.port(), shown);
    if (acceptNew && verdict instanceof HostKeyVerdict.Unknown) {
      if (knownHosts.accept(target.host(), target.port(), shown)) {
        link.accepted(shown);
        return true;
      }
      verdict = knownHosts.check(target.host(), target.port(), shown);
    }
    return switch (verdict) {
      case HostKeyVerdict.Known known -> true;
      case HostKeyVerdict.Unknown unknown -> {
        link.refuse(Wording.unknownHost(target, shown, knownHosts.file(), unknown));
        yield false;
      }
      case HostKeyVerdict.Changed changed -> {
        link.refuse(Wording.changedHost(target, shown, changed));
        yield false;
      }
      case HostKeyVerdict.Revoked revoked -> {
        link.refuse(Wording.revokedHost(target, shown, revoked));
        yield false;
      }
    };
  }
}
