package dev.edgefleet.transport.winrm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a command prints from the thread that receives it to the one that reads. It holds a
 * bounded amount; who writes waits for who reads.
 */
final class OutputPipe extends InputStream {
  private static final int CAPACITY = 1024 * 1024;

  private final Deque<byte[]> parts = new ArrayDeque<>();
  private int position;
  private int held;
  private boolean ended;
  private boolean closed;
  private @Nullable IOException trouble;

  /** The end to write to. Waits while much is held, and forgets what comes after {@link #close}. */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        add(new byte[] {(byte) one});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] part = new byte[length];
        System.arraycopy(bytes, offset, part, 0, length);
        add(part);
      }
    };
  }

  private synchronized void add(byte[] part) throws IOException {
    try {
      while (held >= CAPACITY && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (!closed && part.length > 0) {
      parts.add(part);
      held += part.length;
      notifyAll();
    }
  }

  /** Nothing more comes. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing more comes, because of this. */
  synchronized void fail(IOException reason) {
    if (!ended) {
      trouble = reason;
      end();
    }
  }

  private static IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", cause);
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
      throw interrupted(e);
    }
    byte[] part = parts.peek();
    if (part == null) {
      if (trouble != null) {
        throw new IOException(trouble.getMessage(), trouble);
      }
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
  public synchronized int available() {
    return held;
  }

  @Override
  public synchronized void close() {
    closed = true;
    parts.clear();
    position = 0;
    held = 0;
    notifyAll();
  }
}
