package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.transport.Deadline;
import dev.edgefleet.transport.RemoteProcess;
import dev.edgefleet.transport.ssh.channel.ExecChannel;
import dev.edgefleet.transport.ssh.channel.SignalScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command on a device. It is cancelled by signals to its process group. What runs under sudo as
 * another user than the login's gets none, and only notices that its streams are closed.
 */
final class SshProcess implements RemoteProcess {
  // Between TERM and KILL: enough for a shell to run its traps and remove what it has begun.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ExecChannel channel;
  private final SshConnection connection;

  SshProcess(ExecChannel channel, SshConnection connection) {
    this.channel = channel;
    this.connection = connection;
  }

  @Override
  public OutputStream input() {
    return channel.getInvertedIn();
  }

  @Override
  public InputStream output() {
    return channel.getInvertedOut();
  }

  @Override
  public InputStream errors() {
    return channel.getInvertedErr();
  }

  @Override
  public int await(Duration limit) {
    try {
      return channel.exitCode().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (connection.lost()) {
        throw connection.whyLost();
      }
      throw new InDoubt(
          connection.place() + " gave no exit code: " + SshErrors.reason(e.getCause()),
          "Look on the device how far the command got.");
    } catch (TimeoutException e) {
      close();
      throw new InDoubt(
          "The command on "
              + connection.place()
              + " did not end within "
              + limit.toSeconds()
              + " s",
          "Look on the device how far it got, or give it more time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InDoubt(
          "The run was interrupted while a command ran on " + connection.place(),
          "Look on the device how far it got.",
          e);
    }
  }

  @Override
  public void close() {
    if (!channel.exitCode().isDone()) {
      cancel();
    }
    channel.close(false);
  }

  private void cancel() {
    Deadline grace = Deadline.in(GRACE);
    signal("TERM", grace);
    try {
      grace.await(channel.exitCode());
    } catch (ExecutionException gone) {
      return;
    } catch (TimeoutException stillThere) {
      signal("KILL", Deadline.in(GRACE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      signal("KILL", Deadline.in(GRACE));
    }
  }

  private void signal(String name, Deadline limit) {
    try {
      boolean shared = connection.signals() == SignalScript.SESSION_SHARED;
      if (shared && connection.signalByShell(name, limit)) {
        return;
      }
      if (!limit.await(channel.signal(name)) && !shared) {
        // sshd sends no signals for root.
        var _ = connection.signalByShell(name, limit);
      }
    } catch (IOException | ExecutionException | TimeoutException | Failure gone) {
      // Nothing to signal, or no way to: the channel is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
