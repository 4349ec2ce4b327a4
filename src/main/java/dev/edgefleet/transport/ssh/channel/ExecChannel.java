package dev.edgefleet.transport.ssh.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.channel.ChannelSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A channel for one command that is opened before the command is known, so that a command costs one
 * round trip and not two.
 */
public final class ExecChannel extends ChannelSession {
  private static final Map<String, Integer> SIGNALS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("TRAP", 5),
          Map.entry("ABRT", 6),
          Map.entry("BUS", 7),
          Map.entry("FPE", 8),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15));
  // For a signal that has no common number.
  private static final int UNNUMBERED_SIGNAL = 255;

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final Queue<CompletableFuture<Boolean>> signals = new ConcurrentLinkedQueue<>();
  private final Runnable heard;

  private ExecChannel(Runnable heard) {
    this.heard = heard;
  }

  /**
   * Asks the server for a channel and does not wait for it.
   *
   * @param heard called for everything that arrives on the channel
   */
  public static ExecChannel request(Session session, Runnable heard) throws IOException {
    ExecChannel channel = new ExecChannel(heard);
    session.getService(ConnectionService.class).registerChannel(channel);
    channel.addCloseFutureListener(closed -> channel.end());
    channel
        .open()
        .addListener(
            opened -> {
              if (opened.isOpened()) {
                channel.ready.complete(null);
              } else {
                channel.end();
              }
            });
    return channel;
  }

  /** Completes when a command may be started; fails when the server gives no channel. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /** Completes when the command has ended; fails when the channel closed without its exit code. */
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  public void exec(String commandLine) throws IOException {
    byte[] bytes = commandLine.getBytes(StandardCharsets.UTF_8);
    Buffer buffer = request(Channel.CHANNEL_EXEC, true, bytes.length);
    buffer.putBytes(bytes);
    writePacket(buffer);
  }

  /**
   * Asks the server to send a signal to the command's process group.
   *
   * @param name without SIG, such as {@code TERM}
   * @return whether the server did; completes when it has answered or the channel is closed
   */
  public CompletableFuture<Boolean> signal(String name) throws IOException {
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    signals.add(sent);
    Buffer buffer = request("signal", true, name.length());
    buffer.putString(name);
    writePacket(buffer);
    return sent;
  }

  private Buffer request(String type, boolean wantReply, int length) {
    Buffer buffer =
        getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, length + Long.SIZE);
    buffer.putUInt(getRecipient());
    buffer.putString(type);
    buffer.putBoolean(wantReply);
    return buffer;
  }

  private void end() {
    ready.completeExceptionally(new IOException("the channel was closed"));
    exitCode.completeExceptionally(new IOException("the channel was closed"));
    signals.forEach(signal -> signal.complete(false));
  }

  @Override
  public void handleData(Buffer buffer) throws IOException {
    heard.run();
    super.handleData(buffer);
  }

  @Override
  public void handleExtendedData(Buffer buffer) throws IOException {
    heard.run();
    super.handleExtendedData(buffer);
  }

  @Override
  public void handleWindowAdjust(Buffer buffer) throws IOException {
    heard.run();
    super.handleWindowAdjust(buffer);
  }

  // Answers come in the order of the requests, and the first request is the command.
  @Override
  public void handleSuccess() {
    if (!started.compareAndSet(false, true)) {
      answerSignal(true);
    }
  }

  @Override
  public void handleFailure() {
    if (started.compareAndSet(false, true)) {
      exitCode.completeExceptionally(new IOException("the device runs no commands for this user"));
      close(true);
    } else {
      answerSignal(false);
    }
  }

  private void answerSignal(boolean sent) {
    CompletableFuture<Boolean> signal = signals.poll();
    if (signal != null) {
      signal.complete(sent);
    }
  }

  @Override
  protected void notifyStateChanged(String hint) {
    Integer status = getExitStatus();
    String signal = getExitSignal();
    if (status != null) {
      exitCode.complete(status);
    } else if (signal != null) {
      Integer number = SIGNALS.get(signal);
      exitCode.complete(number == null ? UNNUMBERED_SIGNAL : 128 + number);
    }
    super.notifyStateChanged(hint);
  }
}
