package dev.edgefleet.transport.local;

import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.transport.RemoteProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command on the controller. */
final class LocalProcess implements RemoteProcess {
  // As over SSH: enough for a shell to run its traps and remove what it has begun.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(50);

  private final Process process;

  LocalProcess(Process process) {
    this.process = process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public InputStream errors() {
    return process.getErrorStream();
  }

  @Override
  public int await(Duration limit) {
    try {
      if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InDoubt(
          "The run was interrupted while a command ran on this machine", "Look how far it got.", e);
    }
    close();
    throw new InDoubt(
        "The command on this machine did not end within " + limit.toSeconds() + " s",
        "Look how far it got, or give it more time.");
  }

  @Override
  public void close() {
    if (!endsByItself()) {
      new ProcessTree(process).end(GRACE);
    }
  }

  // As what has no more input does.
  private boolean endsByItself() {
    try {
      return process.waitFor(MOMENT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
