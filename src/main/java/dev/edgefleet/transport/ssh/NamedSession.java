package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.ssh.channel.Backlog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A session that knows its server by name, and not by the address that name had, and keeps a
 * bounded amount for it in memory.
 */
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

  private final Backlog backlog = new Backlog();

  private NamedSession(ClientFactoryManager client, IoSession connection) throws Exception {
    super(client, connection);
  }

  @Override
  public IoWriteFuture writePacket(Buffer buffer) throws IOException {
    return backlog.send(buffer, super::writePacket);
  }

  /** The library tells who waits for the login of it before it tells anybody why. */
  @Override
  public void exceptionCaught(Throwable why) {
    HandshakeTrace.of(this).broke(why);
    super.exceptionCaught(why);
  }

  /** What the library compares a host certificate's names with. */
  @Override
  public SocketAddress getConnectAddress() {
    Endpoint server = HandshakeTrace.of(this).server();
    return InetSocketAddress.createUnresolved(server.principal(), server.port());
  }
}
