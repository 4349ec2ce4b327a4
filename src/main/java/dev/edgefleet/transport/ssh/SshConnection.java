package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.SessionLimit;
import dev.edgefleet.transport.ssh.channel.ExecChannel;
import dev.edgefleet.transport.ssh.channel.KeepAlive;
import dev.edgefleet.transport.ssh.channel.SignalScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.kex.KexProposalOption;
import org.jspecify.annotations.Nullable;

/** One logged-in session; it has the channel for the first command open, or on its way. */
final class SshConnection implements Connection {
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  // sshd counts a command until it has seen its end, which takes a moment, more under load.
  private static final Duration FORGOTTEN = Duration.ofSeconds(10);
  private static final long LONGEST_PAUSE_MILLIS = 200;
  // dropbear refuses a request over 9,000.
  private static final int LONGEST_COMMAND_LINE = 4000;

  private final ClientSession session;
  private final HandshakeTrace link;
  private final Duration limit;
  private final KeepAlive keepAlive;
  private final Set<ExecChannel> running = ConcurrentHashMap.newKeySet();
  private @Nullable ExecChannel next;

  SshConnection(ClientSession session, HandshakeTrace link, ScheduledExecutorService timer) {
    this.session = session;
    this.link = link;
    this.limit = link.server().connectLimit();
    this.keepAlive = KeepAlive.start(session, timer, link.server().keepAlive());
    this.next = request();
  }

  @Override
  public RemoteProcess start(String commandLine) {
    return start(commandLine, limit);
  }

  @Override
  public RemoteProcess start(String commandLine, Duration within) {
    int length = commandLine.getBytes(StandardCharsets.UTF_8).length;
    if (length >= LONGEST_COMMAND_LINE) {
      throw new IllegalArgumentException("a command line of " + length + " bytes");
    }
    ExecChannel channel = open(within);
    try {
      channel.exec(commandLine);
    } catch (IOException e) {
      throw SshErrors.lost(link);
    }
    running.removeIf(command -> command.exitCode().isDone());
    running.add(channel);
    return new SshProcess(channel, this);
  }

  private ExecChannel open(Duration within) {
    Deadline deadline = Deadline.in(within);
    boolean asked = false;
    try {
      Deadline forgotten = Deadline.in(FORGOTTEN);
      for (long pause = 10; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
        ExecChannel channel = next == null ? request() : next;
        next = null;
        if (channel == null || lost()) {
          throw SshErrors.lost(link);
        }
        if (ready(channel, deadline, within)) {
          return channel;
        }
        running.removeIf(command -> command.exitCode().isDone());
        if (forgotten.left().isZero() || (asked && !running.isEmpty())) {
          throw new SessionLimit(place());
        }
        asked = true;
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("The run was interrupted", "Run again when ready.", e);
    }
  }

  private boolean ready(ExecChannel channel, Deadline deadline, Duration within)
      throws InterruptedException {
    try {
      deadline.await(channel.ready());
      return channel.isOpen();
    } catch (ExecutionException refused) {
      if (lost()) {
        throw SshErrors.lost(link);
      }
      return false;
    } catch (TimeoutException e) {
      channel.close(true);
      throw new Unreachable(
          place() + " opened no channel for a command within " + within.toSeconds() + " s",
          "Check the load of the device and the link to it.");
    }
  }

  private @Nullable ExecChannel request() {
    try {
      return ExecChannel.request(session, keepAlive::heard);
    } catch (IOException | RuntimeException closing) {
      return null;
    }
  }

  /** How the server starts commands, and so what its signals reach. */
  SignalScript signals() {
    return SignalScript.of(session.getServerVersion());
  }

  /**
   * Sends a signal to the one command that runs, by another command. While several commands run
   * they cannot be told apart, and nothing is done.
   *
   * @return whether it was sent
   */
  boolean signalByShell(String name, Deadline limit)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    running.removeIf(command -> command.exitCode().isDone());
    if (running.size() != 1) {
      return false;
    }
    ExecChannel channel = open(limit.left());
    channel.exec(signals().commandLine(name));
    limit.await(channel.exitCode());
    channel.close(false);
    return true;
  }

  @Override
  public Duration patience() {
    return limit;
  }

  boolean lost() {
    return !session.isOpen();
  }

  Unreachable whyLost() {
    return SshErrors.lost(link);
  }

  String place() {
    return link.server().place();
  }

  /** What was agreed on, such as the key exchange. */
  @Nullable String negotiated(KexProposalOption option) {
    return session.getNegotiatedKexParameter(option);
  }

  // As OpenSSH: say so and hang up. A link that does not even take that is dropped.
  @Override
  public void close() {
    CountDownLatch closed = new CountDownLatch(1);
    session.addCloseFutureListener(future -> closed.countDown());
    try {
      if (session.isOpen()) {
        session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "done");
        if (closed.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (IOException lost) {
      // Closed below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close(true);
  }
}
