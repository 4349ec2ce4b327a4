package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.transport.ssh.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** A channel by which a bastion forwards bytes to another server and back. */
public final class ForwardedChannel extends ChannelDirectTcpip implements StreamSession.Wire {
  private static final SshdSocketAddress FROM = new SshdSocketAddress("127.0.0.1", 0);

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Bastion bastion;

  private ForwardedChannel(Bastion bastion, Endpoint to) {
    super(FROM, new SshdSocketAddress(to.host(), to.port()));
    this.bastion = bastion;
  }

  /** Asks the bastion to connect to a server and does not wait for it. */
  static ForwardedChannel request(Bastion bastion, Session session, Endpoint to)
      throws IOException {
    ForwardedChannel channel = new ForwardedChannel(bastion, to);
    session.getService(ConnectionService.class).registerChannel(channel);
    channel
        .open()
        .addListener(
            opened -> {
              if (opened.isOpened()) {
                channel.ready.complete(null);
              } else {
                channel.ready.completeExceptionally(opened.getException());
              }
            });
    // After that: a channel that was refused is closed as well, and the refusal says why.
    channel.addCloseFutureListener(
        closed -> channel.ready.completeExceptionally(new IOException("the channel was closed")));
    return channel;
  }

  /** Completes when the bastion is connected; fails with what it said otherwise. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  @Override
  public void handleData(Buffer buffer) throws IOException {
    bastion.heard();
    super.handleData(buffer);
  }

  @Override
  public void handleWindowAdjust(Buffer buffer) throws IOException {
    bastion.heard();
    super.handleWindowAdjust(buffer);
  }

  @Override
  public InputStream input() {
    return getInvertedOut();
  }

  @Override
  public OutputStream output() {
    return getInvertedIn();
  }

  @Override
  public String farewell() {
    return bastion.isOpen() ? "" : bastion.whyLost();
  }

  @Override
  public void close() {
    close(true);
  }
}
