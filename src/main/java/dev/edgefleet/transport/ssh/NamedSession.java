package dev.edgefleet.transport.ssh;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.io.IoSession;

/** A session that knows its server by name, and not by the address that name had. */
final class NamedSession extends ClientSessionImpl {
  /** Makes one for each connection. */
  static final class Factory extends SessionFactory {
    Factory(ClientFactoryManager client) {
      super(client);
    }

    @Override
    protected ClientSessionImpl doCreateSession(IoSession connection) throws Exception {
      return new NamedSession(getClient(), connection);
    }
  }

  private NamedSession(ClientFactoryManager client, IoSession connection) throws Exception {
    super(client, connection);
  }

  /** What the library compares a host certificate's names with. */
  @Override
  public SocketAddress getConnectAddress() {
    Endpoint server = Link.of(this).server();
    return InetSocketAddress.createUnresolved(server.principal(), server.port());
  }
}
