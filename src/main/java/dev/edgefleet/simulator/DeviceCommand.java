package dev.edgefleet.simulator;

import dev.edgefleet.transport.local.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One exec request: a real process, with the channel's streams pumped by platform threads. A pipe
 * to a process cannot be waited for without holding a thread, so virtual ones would gain nothing.
 */
final class DeviceCommand implements Command {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int CANNOT_RUN = 126;

  private final EmbeddedDevice device;
  private final String user;
  private final String commandLine;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;
  private @Nullable OutputStream errors;
  private @Nullable ExitCallback exit;
  private volatile @Nullable ProcessTree processes;
  private volatile List<Thread> threads = List.of();

  DeviceCommand(EmbeddedDevice device, String user, String commandLine) {
    this.device = device;
    this.user = user;
    this.commandLine = commandLine;
  }

  @Override
  public void setInputStream(InputStream stream) {
    input = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    output = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    errors = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    InputStream in = Objects.requireNonNull(input);
    OutputStream out = Objects.requireNonNull(output);
    OutputStream err = Objects.requireNonNull(errors);
    ExitCallback callback = Objects.requireNonNull(exit);
    Process started;
    try {
      started = device.run(user, commandLine);
    } catch (IOException e) {
      callback.onExit(CANNOT_RUN, "cannot run");
      return;
    }
    ProcessTree tree = new ProcessTree(started);
    processes = tree;
    environment.addSignalListener((ignored, signal) -> signal(tree, signal));
    Thread toOutput = thread("out", () -> pump(started.getInputStream(), out));
    Thread toErrors = thread("err", () -> pump(started.getErrorStream(), err));
    Thread toInput = thread("in", () -> pump(in, started.getOutputStream()));
    Thread end = thread("exit", () -> end(started, List.of(toOutput, toErrors), callback));
    threads = List.of(toOutput, toErrors, toInput, end);
    threads.forEach(Thread::start);
  }

  private Thread thread(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("edgefleet-device-" + device.name() + "-" + name)
        .unstarted(work);
  }

  // When the reader has gone the writer is still drained, or it would wait for ever.
  private static void pump(InputStream from, OutputStream to) {
    byte[] buffer = new byte[32 * 1024];
    boolean read = true;
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (read) {
          read = write(to, buffer, n);
        }
      }
    } catch (IOException closed) {
      // The other end is gone: the end of this stream.
    }
    close(to);
  }

  private static boolean write(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private static void close(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException gone) {
      // Closed already by the other side.
    }
  }

  private static void end(Process process, List<Thread> outputs, ExitCallback callback) {
    try {
      int code = process.waitFor();
      for (Thread thread : outputs) {
        thread.join();
      }
      callback.onExit(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void signal(ProcessTree tree, Signal signal) {
    switch (signal) {
      case KILL -> Thread.ofVirtual().start(tree::kill);
      case TERM, INT, HUP -> Thread.ofVirtual().start(() -> tree.end(GRACE));
      default -> {}
    }
  }

  boolean isOver() {
    return !threads.isEmpty() && threads.stream().noneMatch(Thread::isAlive);
  }

  /** Ends the command and waits until nothing of it is left. */
  void stop() throws InterruptedException {
    ProcessTree running = processes;
    if (running != null) {
      running.kill();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    ProcessTree running = processes;
    if (running != null) {
      Thread.ofVirtual().start(running::kill);
    }
  }
}
