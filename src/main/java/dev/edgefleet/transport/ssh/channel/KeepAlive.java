package dev.edgefleet.transport.ssh.channel;

import dev.edgefleet.transport.ssh.HandshakeTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Asks a device for a sign of life at an interval and gives the connection up when two questions in
 * a row found no answer. Whatever else arrives is a sign of life too: behind a large file on a slow
 * link an answer may take long.
 */
public final class KeepAlive {
  private static final String REQUEST = "keepalive@openssh.com";
  private static final int UNANSWERED_ALLOWED = 2;

  private final ClientSession session;
  private final AtomicInteger unanswered = new AtomicInteger();

  private KeepAlive(ClientSession session) {
    this.session = session;
  }

  public static KeepAlive start(
      ClientSession session, ScheduledExecutorService timer, Duration interval) {
    KeepAlive keepAlive = new KeepAlive(session);
    long nanos = interval.toNanos();
    ScheduledFuture<?> ticks =
        timer.scheduleAtFixedRate(keepAlive::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    session.addCloseFutureListener(closed -> ticks.cancel(false));
    return keepAlive;
  }

  /** Something arrived from the device. */
  public void heard() {
    unanswered.set(0);
  }

  private void tick() {
    if (unanswered.getAndIncrement() >= UNANSWERED_ALLOWED) {
      HandshakeTrace.of(session).fellSilent();
      session.close(true);
      return;
    }
    try {
      Buffer buffer =
          session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST, REQUEST.length() + Long.SIZE);
      buffer.putString(REQUEST);
      buffer.putBoolean(true);
      session.request(buffer, REQUEST, (command, answer) -> heard());
    } catch (IOException | RuntimeException e) {
      session.exceptionCaught(e);
    }
  }
}
