package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.HandshakeTrace;
import dev.edgefleet.transport.ssh.SshErrors;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.jspecify.annotations.Nullable;

/** Makes sessions that are connected and know nothing of each other's keys yet. */
public final class Dialer implements AutoCloseable {
  private final SshClient client;
  private final HostResolver names = new HostResolver();

  public Dialer(SshClient client) {
    this.client = client;
  }

  /** By TCP, to the first of the host's addresses that answers. */
  public ClientSession tcp(HandshakeTrace link, Deadline deadline) throws InterruptedException {
    List<String> addresses = resolve(link.server(), deadline);
    for (int i = 0; ; i++) {
      int left = addresses.size() - i;
      Deadline share = left == 1 ? deadline : Deadline.in(deadline.left().dividedBy(left));
      try {
        return tcp(addresses.get(i), link, share);
      } catch (Unreachable e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  /** Over streams. The wire is closed with the session. */
  public ClientSession stream(HandshakeTrace link, StreamSession.Wire wire) {
    StreamSession stream = new StreamSession(client.getSessionFactory(), wire, link.server());
    stream.setAttribute(AttributeRepository.class, link.asContext());
    try {
      client.getSessionFactory().sessionCreated(stream);
    } catch (Exception e) {
      wire.close();
      throw notConnected(link, e);
    }
    AbstractClientSession session = (AbstractClientSession) AbstractSession.getSession(stream);
    session.setUsername(link.server().user());
    stream.start();
    return session;
  }

  private List<String> resolve(Endpoint server, Deadline deadline) throws InterruptedException {
    try {
      return deadline.await(names.addresses(server.host()));
    } catch (ExecutionException e) {
      throw SshErrors.noSuchName(server, e.getCause());
    } catch (TimeoutException e) {
      throw SshErrors.nameTooSlow(server);
    }
  }

  private ClientSession tcp(String address, HandshakeTrace link, Deadline deadline)
      throws InterruptedException {
    Endpoint server = link.server();
    CompletableFuture<ClientSession> connected = new CompletableFuture<>();
    ConnectFuture connecting;
    try {
      connecting = client.connect(server.user(), address, server.port(), link.asContext(), null);
    } catch (IOException e) {
      throw notConnected(link, e);
    }
    connecting.addListener(
        future -> {
          Throwable failure = future.getException();
          if (future.isConnected()) {
            if (!connected.complete(future.getSession())) {
              future.getSession().close(true);
            }
          } else if (failure != null) {
            connected.completeExceptionally(failure);
          }
        });
    try {
      return deadline.await(connected);
    } catch (ExecutionException e) {
      throw notConnected(link, e.getCause());
    } catch (TimeoutException e) {
      throw SshErrors.noAnswer(server);
    } finally {
      // Whoever gave up leaves no half-made connection behind; a finished one does not notice.
      if (connected.cancel(false)) {
        connecting.cancel();
      }
    }
  }

  private static Unreachable notConnected(HandshakeTrace link, @Nullable Throwable cause) {
    return SshErrors.notConnected(link.server(), cause == null ? new IOException() : cause);
  }

  @Override
  public void close() {
    names.close();
  }
}
