package dev.edgefleet.remote;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads an operation's standard error: what the script's commands print lies between the marks
 * {@code ready} and {@code end}; sudo's prompts and a login shell's words come before.
 */
final class ErrorsReader {
  private static final int LIMIT = 1 << 20;

  private final InputStream in;
  private final Marker prompt;
  private final Marker ready;
  private final Marker end;
  private final Runnable prompted;
  private final ByteTail tail = new ByteTail(LIMIT);

  /**
   * @param prompt sudo's, unique to this exchange
   * @param prompted called each time sudo asks for the password
   */
  ErrorsReader(InputStream in, String nonce, String prompt, Runnable prompted) {
    this.in = in;
    this.prompt = new Marker(prompt);
    this.ready = new Marker(nonce + " ready\n");
    this.end = new Marker("\n" + nonce + " end\n");
    this.prompted = prompted;
  }

  /** Returns when the script is done or the stream ends. */
  void read() throws IOException {
    byte[] buffer = new byte[8192];
    boolean running = false;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        if (add(buffer[i], running)) {
          if (running) {
            return;
          }
          running = true;
        }
      }
    }
  }

  /** True when the byte completes the mark that is due: ready, then end. */
  private synchronized boolean add(byte next, boolean running) {
    tail.add(next);
    if (running) {
      if (end.completedBy(next)) {
        tail.dropLast(end.length());
        return true;
      }
      return false;
    }
    if (prompt.completedBy(next)) {
      tail.dropLast(prompt.length());
      prompted.run();
    }
    if (ready.completedBy(next)) {
      tail.clear();
      return true;
    }
    return false;
  }

  /** What came so far, at most its last mebibyte. */
  synchronized byte[] bytes() {
    return tail.toBytes();
  }
}
