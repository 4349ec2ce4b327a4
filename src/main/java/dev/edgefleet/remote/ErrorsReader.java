package dev.edgefleet.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a worker's standard error: what the commands of an operation print lies between its marks
 * {@code begin} and {@code end}; sudo's prompts and a login shell's words come before the first.
 */
final class ErrorsReader {
  private static final int KEPT = 1 << 20;

  private final InputStream in;
  private final ByteTail tail = new ByteTail(KEPT);
  private final byte[] buffer = new byte[8192];
  private int position;
  private int available;

  ErrorsReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns when the shell runs that becomes the worker.
   *
   * @param prompt sudo's, unique to this worker
   * @param prompted called each time sudo asks for the password
   */
  void awaitReady(String nonce, String prompt, Runnable prompted) throws IOException {
    Marker asked = new Marker(prompt);
    Marker ready = new Marker(nonce + " ready\n");
    for (int skipped = 0; skipped < AnswerReader.NOISE_LIMIT; skipped++) {
      byte next = next();
      boolean isReady = ready.completedBy(next);
      boolean isAsked = asked.completedBy(next);
      synchronized (tail) {
        tail.add(next);
        if (isAsked) {
          tail.dropLast(asked.length());
        }
      }
      if (isAsked) {
        prompted.run();
      }
      if (isReady) {
        return;
      }
    }
    throw new AnswerReader.TooLarge(AnswerReader.NOISE_LIMIT);
  }

  /** Returns when an operation's errors are complete; {@link #bytes()} are then those. */
  void read(String mark) throws IOException {
    synchronized (tail) {
      tail.clear();
    }
    skipTo(new Marker(mark + " begin\n"));
    Marker end = new Marker("\n" + mark + " end\n");
    while (true) {
      byte next = next();
      synchronized (tail) {
        tail.add(next);
        if (end.completedBy(next)) {
          tail.dropLast(end.length());
          return;
        }
      }
    }
  }

  // What is skipped is kept until then: should the shell die, these are its last words.
  private void skipTo(Marker begin) throws IOException {
    for (int skipped = 0; skipped < AnswerReader.NOISE_LIMIT; skipped++) {
      byte next = next();
      synchronized (tail) {
        tail.add(next);
        if (begin.completedBy(next)) {
          tail.clear();
          return;
        }
      }
    }
    throw new AnswerReader.TooLarge(AnswerReader.NOISE_LIMIT);
  }

  /** What came so far of what is read now, at most its last mebibyte. */
  byte[] bytes() {
    synchronized (tail) {
      return tail.toBytes();
    }
  }

  private byte next() throws IOException {
    if (position == available) {
      available = in.read(buffer);
      position = 0;
      if (available < 0) {
        available = 0;
        throw new EOFException();
      }
    }
    return buffer[position++];
  }
}
