package dev.edgefleet.transport.ssh.route;

import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.transport.local.OwnSession;
import dev.edgefleet.transport.local.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A ProxyCommand: runs on this machine, and ends with the connection. */
public final class ProxyProcess implements StreamSession.Wire {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int LONGEST_COMPLAINT = 2000;
  private static final int SSH_FAILED = 255;

  private final Process process;
  private final Thread complaints;
  private final StringBuilder complaint = new StringBuilder();
  private final AtomicBoolean closed = new AtomicBoolean();

  private ProxyProcess(Process process) {
    this.process = process;
    this.complaints = Thread.ofVirtual().start(this::listen);
  }

  public static ProxyProcess start(String commandLine) {
    try {
      return new ProxyProcess(
          new ProcessBuilder(OwnSession.of(List.of("/bin/sh", "-c", "exec " + commandLine)))
              .start());
    } catch (IOException e) {
      throw new Unreachable(
          "The ProxyCommand could not be started: " + e.getMessage(),
          "Check that /bin/sh is there and that processes can be started.",
          e);
    }
  }

  private void listen() {
    byte[] bytes = new byte[1024];
    try (InputStream errors = process.getErrorStream()) {
      for (int count = errors.read(bytes); count >= 0; count = errors.read(bytes)) {
        synchronized (complaint) {
          complaint.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
          complaint.delete(0, Math.max(0, complaint.length() - LONGEST_COMPLAINT));
        }
      }
    } catch (IOException ended) {
      // With the process.
    }
  }

  @Override
  public InputStream input() {
    return process.getInputStream();
  }

  @Override
  public OutputStream output() {
    return process.getOutputStream();
  }

  @Override
  public String farewell() {
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return "the ProxyCommand closed its output";
      }
      complaints.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "the ProxyCommand ended with code " + process.exitValue() + said();
  }

  /**
   * Whether it is an ssh whose server hung up at the start, as sshd does that has too many logins
   * under way. One that was told to be quiet ends with the same code and not a word, whatever it
   * was.
   */
  public boolean isTurnedAway() {
    if (process.isAlive() || process.exitValue() != SSH_FAILED) {
      return false;
    }
    synchronized (complaint) {
      return complaint.isEmpty()
          || complaint.indexOf("_exchange_identification") >= 0
          || complaint.indexOf("Exceeded MaxStartups") >= 0;
    }
  }

  /** What it printed on standard error, as the end of a sentence; empty when nothing. */
  private String said() {
    synchronized (complaint) {
      String text = complaint.toString().strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
      return text.isEmpty() ? "" : " and said \"" + text + "\"";
    }
  }

  // What does not end when asked is killed later: whoever closes a connection may not have time.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      Thread.ofVirtual().start(() -> new ProcessTree(process).end(GRACE));
    }
  }
}
