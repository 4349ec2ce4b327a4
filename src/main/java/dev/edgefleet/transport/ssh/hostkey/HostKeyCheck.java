package dev.edgefleet.transport.ssh.hostkey;

import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.HandshakeTrace;
import dev.edgefleet.transport.ssh.SshErrors;
import java.net.SocketAddress;
import java.security.PublicKey;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * Decides whether a server's key is trusted. Runs where nothing may block: a new key that is
 * accepted is written to known_hosts by the thread that connects, before it logs in.
 */
public final class HostKeyCheck implements ServerKeyVerifier {
  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    HandshakeTrace link = HandshakeTrace.of(session);
    Endpoint server = link.server();
    TrustedKeys trusted = link.trusted();
    // Of a certificate the library has checked signature, dates and the host's name by now.
    OpenSshCertificate certificate = key instanceof OpenSshCertificate one ? one : null;
    HostKey shown = HostKey.of(certificate == null ? key : certificate.getCertPubKey());
    HostKeyVerdict verdict =
        certificate == null ? trusted.check(shown) : trusted.check(certificate);
    if (verdict instanceof HostKeyVerdict.Unknown && trusted.acceptsNew()) {
      if (trusted.accept(shown)) {
        link.accepted(shown);
        return true;
      }
      verdict = trusted.check(shown);
    }
    return switch (verdict) {
      case HostKeyVerdict.Known known -> true;
      case HostKeyVerdict.Unknown unknown -> {
        link.refuse(SshErrors.unknownHost(server, shown, trusted.file(), unknown));
        yield false;
      }
      case HostKeyVerdict.Changed changed -> {
        link.refuse(SshErrors.changedHost(server, shown, changed));
        yield false;
      }
      case HostKeyVerdict.Revoked revoked -> {
        link.refuse(SshErrors.revokedHost(server, shown, revoked));
        yield false;
      }
    };
  }
}
