package dev.edgefleet.simulator.winrm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Standard input of a command: takes a whole part or, until there is room, none of it. */
final class InputPipe extends InputStream {
  private static final int CAPACITY = 1024 * 1024;

  private final Deque<byte[]> parts = new ArrayDeque<>();
  private int position;
  private int held;
  private boolean ended;
  private boolean closed;

  /**
   * @return whether there was room in time
   * @throws FaultException when nobody reads it any more
   */
  synchronized boolean offer(byte[] part, boolean last, Duration limit)
      throws FaultException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (held > 0 && held + part.length > CAPACITY && !closed) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    if (closed || ended) {
      throw new FaultException(Fault.PIPE_CLOSED);
    }
    if (part.length > 0) {
      parts.add(part);
      held += part.length;
    }
    ended = last;
    notifyAll();
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (parts.isEmpty() && !ended && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the command was ended");
    }
    byte[] part = parts.peek();
    if (part == null) {
      return -1;
    }
    int count = Math.min(length, part.length - position);
    System.arraycopy(part, position, target, offset, count);
    position += count;
    held -= count;
    if (position == part.length) {
      parts.remove();
      position = 0;
    }
    notifyAll();
    return count;
  }

  @Override
  public synchronized void close() {
    closed = true;
    parts.clear();
    held = 0;
    position = 0;
    notifyAll();
  }
}
