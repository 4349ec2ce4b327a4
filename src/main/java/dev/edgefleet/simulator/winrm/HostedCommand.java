package dev.edgefleet.simulator.winrm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** A command that runs on a simulated device, and what it printed that nobody fetched yet. */
final class HostedCommand {
  private static final int CAPACITY = 1024 * 1024;
  // What Windows gives for a command that was ended from outside.
  private static final int TERMINATED = -1073741510;

  private final String id = Answers.uuid();
  private final InputPipe input = new InputPipe();
  private final Buffer output = new Buffer();
  private final Buffer errors = new Buffer();
  private final Thread thread;
  private OptionalInt exitCode = OptionalInt.empty();

  /** What was printed on one stream. */
  private final class Buffer extends OutputStream {
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      synchronized (HostedCommand.this) {
        try {
          while (bytes.size() >= CAPACITY) {
            HostedCommand.this.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("the command was ended");
        }
        bytes.write(source, offset, length);
        HostedCommand.this.notifyAll();
      }
    }

    private byte[] take(int limit) {
      byte[] all = bytes.toByteArray();
      int count = Math.min(all.length, limit);
      byte[] taken = new byte[count];
      System.arraycopy(all, 0, taken, 0, count);
      bytes = new ByteArrayOutputStream();
      bytes.write(all, count, all.length - count);
      return taken;
    }
  }

  /** What one Receive brings. */
  record Portion(byte[] output, byte[] errors, OptionalInt exitCode) {}

  private HostedCommand(CommandRunner runner, String commandLine) {
    this.thread = Thread.ofVirtual().unstarted(() -> run(runner, commandLine));
  }

  static HostedCommand start(CommandRunner runner, String commandLine) {
    HostedCommand command = new HostedCommand(runner, commandLine);
    command.thread.start();
    return command;
  }

  private void run(CommandRunner runner, String commandLine) {
    int code = TERMINATED;
    try {
      code = runner.run(commandLine, input, output, errors);
    } catch (InterruptedException ended) {
      // Its exit code says so.
    } finally {
      input.close();
      end(code);
    }
  }

  private synchronized void end(int code) {
    exitCode = OptionalInt.of(code);
    notifyAll();
  }

  String id() {
    return id;
  }

  InputPipe input() {
    return input;
  }

  synchronized boolean isOver() {
    return exitCode.isPresent();
  }

  /** Ends it as closing its console would. */
  void terminate() {
    thread.interrupt();
    input.close();
  }

  /**
   * Waits for output or the end, and a little longer for what comes with it.
   *
   * @param limit how many bytes fit into an answer
   * @return nothing printed and no end when the time is over
   */
  synchronized Portion receive(int limit, Duration timeout, Duration hold)
      throws InterruptedException {
    await(System.nanoTime() + timeout.toNanos(), 1);
    if (exitCode.isEmpty() && printed() > 0) {
      await(System.nanoTime() + hold.toNanos(), limit);
    }
    byte[] first = output.take(limit);
    byte[] second = errors.take(limit - first.length);
    notifyAll();
    return new Portion(first, second, printed() == 0 ? exitCode : OptionalInt.empty());
  }

  private void await(long deadline, int bytes) throws InterruptedException {
    while (exitCode.isEmpty() && printed() < bytes) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private int printed() {
    return output.bytes.size() + errors.bytes.size();
  }
}
