package dev.edgefleet.secret;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands text on in whole lines, masked. A private key is handed on with its last line, or when so
 * much of it was written that it cannot be one.
 */
final class RedactingStream extends OutputStream {
  private static final Pattern KEY_EDGE =
      Pattern.compile("-----(BEGIN|END) [A-Z ]{0,20}PRIVATE KEY-----");
  private static final int LONGEST_KEY = 64 * 1024;

  private final PrintStream out;
  private final UnaryOperator<String> redacted;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  RedactingStream(PrintStream out, UnaryOperator<String> redacted) {
    this.out = out;
    this.redacted = redacted;
  }

  @Override
  public synchronized void write(int b) {
    held.write(b);
    if (b == '\n') {
      lineEnded();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    int last = from + length;
    while (last > from && bytes[last - 1] != '\n') {
      last--;
    }
    held.write(bytes, from, last - from);
    if (last > from) {
      lineEnded();
    }
    held.write(bytes, last, from + length - last);
  }

  private void lineEnded() {
    if (held.size() > LONGEST_KEY || !keyIsOpen(held.toString(out.charset()))) {
      handOn();
    }
  }

  private static boolean keyIsOpen(String text) {
    Matcher edges = KEY_EDGE.matcher(text);
    boolean open = false;
    while (edges.find()) {
      open = edges.group(1).equals("BEGIN");
    }
    return open;
  }

  private void handOn() {
    out.print(redacted.apply(held.toString(out.charset())));
    held.reset();
    out.flush();
  }

  /** Only what is whole is handed on: half a line could be half a secret. */
  @Override
  public void flush() {
    out.flush();
  }

  /** Hands on what is left; the stream behind it stays open. */
  @Override
  public synchronized void close() {
    handOn();
  }
}
