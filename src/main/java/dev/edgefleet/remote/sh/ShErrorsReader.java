package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerMeter;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import dev.edgefleet.remote.wire.ByteTail;
import dev.edgefleet.remote.wire.Marker;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a worker's standard error: what the commands of an operation print lies between its marks
 * {@code begin} and {@code end}; sudo's prompts and a login shell's words come before the first.
 */
final class ShErrorsReader {
  private static final int KEPT = 1 << 20;

  /** Of what comes before an operation's errors: sudo's words, a shell's last ones. */
  private static final int KEPT_BEFORE = 16 << 10;

  /** Once more when they are taken out, and once more as text. */
  private static final int TIMES_HELD = 3;

  private final InputStream in;
  private ByteTail tail = new ByteTail(KEPT_BEFORE);
  private final byte[] buffer = new byte[8192];
  private int position;
  private int available;

  ShErrorsReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns when the shell runs that becomes the worker.
   *
   * @param prompt what sudo or su asks with
   * @param marked whether it counts only behind the mark that the login shell makes
   * @param prompted called each time the password is asked for
   */
  void awaitReady(String nonce, String prompt, boolean marked, Runnable prompted)
      throws IOException {
    Marker login = new Marker(nonce + " login\n");
    Marker asked = new Marker(prompt);
    boolean counts = !marked;
    Marker ready = new Marker(nonce + " ready\n");
    for (int skipped = 0; skipped < Answer.NOISE_LIMIT; skipped++) {
      byte next = next();
      boolean isReady = ready.completedBy(next);
      boolean isAsked = asked.completedBy(next) && counts;
      synchronized (this) {
        tail.add(next);
        if (isAsked) {
          tail.dropLast(asked.length());
        }
        if (login.completedBy(next)) {
          counts = true;
          tail = new ByteTail(KEPT_BEFORE);
        }
      }
      if (isAsked) {
        prompted.run();
      }
      if (isReady) {
        return;
      }
    }
    throw new AnswerTooLarge(Answer.NOISE_LIMIT);
  }

  /**
   * Returns when an operation's errors are complete; {@link #bytes()} are then those.
   *
   * @param share holds them
   */
  void read(String mark, AnswerBudget.Share share) throws IOException {
    synchronized (this) {
      tail = new ByteTail(KEPT_BEFORE);
    }
    skipTo(new Marker(mark + " begin\n"));
    Marker end = new Marker("\n" + mark + " end\n");
    AnswerMeter meter = new AnswerMeter(share, TIMES_HELD);
    for (long read = 0; ; read++) {
      byte next = next();
      if (read < KEPT) {
        meter.count();
      }
      synchronized (this) {
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
    for (int skipped = 0; skipped < Answer.NOISE_LIMIT; skipped++) {
      byte next = next();
      synchronized (this) {
        tail.add(next);
        if (begin.completedBy(next)) {
          tail = new ByteTail(KEPT);
          return;
        }
      }
    }
    throw new AnswerTooLarge(Answer.NOISE_LIMIT);
  }

  /** What came so far of what is read now, at most its last mebibyte. */
  synchronized byte[] bytes() {
    return tail.toBytes();
  }

  /** The same, and it is not held here any more. */
  synchronized byte[] take() {
    byte[] bytes = tail.toBytes();
    tail = new ByteTail(KEPT_BEFORE);
    return bytes;
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
