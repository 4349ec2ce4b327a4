package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.transport.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A command on a device. It is cancelled by signals to its process group; sshd sends none to
 * processes of another user, so what runs under sudo only notices that its streams are closed.
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
          connection.place() + " gave no exit code: " + Wording.reason(e.getCause()),
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
    try {
      channel.signal("TERM");
      if (!ended()) {
        channel.signal("KILL");
      }
    } catch (IOException lost) {
      // Nothing to signal any more: the channel is closed below.
    }
  }

  private boolean ended() {
    try {
      channel.exitCode().get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
