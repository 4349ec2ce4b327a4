package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.ssh.Endpoint;
import dev.edgefleet.transport.ssh.HandshakeTrace;
import dev.edgefleet.transport.ssh.SshErrors;
import dev.edgefleet.transport.ssh.channel.KeepAlive;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;

/** A session to a bastion that the connections of many devices run through. */
public final class Bastion {
  private final ClientSession session;
  private final HandshakeTrace link;
  private final KeepAlive keepAlive;

  public Bastion(ClientSession session, HandshakeTrace link, ScheduledExecutorService timer) {
    this.session = session;
    this.link = link;
    this.keepAlive = KeepAlive.start(session, timer, link.server().keepAlive());
  }

  boolean isOpen() {
    return session.isOpen();
  }

  void heard() {
    keepAlive.heard();
  }

  /** As a part of a sentence. */
  String whyLost() {
    return "the connection to " + link.server().place() + " was lost";
  }

  /**
   * Has the bastion connect to a server.
   *
   * @throws Failure that names the bastion, when it cannot or will not
   */
  public ForwardedChannel connect(Endpoint to, Deadline deadline) throws InterruptedException {
    ForwardedChannel channel;
    try {
      channel = ForwardedChannel.request(this, session, to);
    } catch (IOException | RuntimeException closing) {
      throw SshErrors.lost(link);
    }
    try {
      deadline.await(channel.ready());
      return channel;
    } catch (ExecutionException e) {
      if (!isOpen()) {
        throw SshErrors.lost(link);
      }
      throw SshErrors.notForwarded(link.server(), to, e.getCause());
    } catch (TimeoutException e) {
      channel.close(true);
      throw SshErrors.forwardedTooSlowly(link.server(), to);
    } catch (InterruptedException e) {
      channel.close(true);
      throw e;
    }
  }

  void close() {
    session.close(true);
  }
}
