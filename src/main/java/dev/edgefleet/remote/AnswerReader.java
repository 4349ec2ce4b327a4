package dev.edgefleet.remote;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the frames of one operation from its standard output; see docs/architecture.md. Noise
 * before them is skipped, whatever its length.
 */
final class AnswerReader {
  /** Largest body, in bytes. */
  static final int BODY_LIMIT = 64 << 20;

  private static final int LINE_LIMIT = 1 << 20;
  private static final int VALUES_LIMIT = 1000;
  private static final int NOISE_KEPT = 4096;

  private final InputStream in;
  private final String nonce;
  private final ByteTail noise = new ByteTail(NOISE_KEPT);
  private final byte[] buffer = new byte[8192];
  private int position;
  private int available;

  AnswerReader(InputStream in, String nonce) {
    this.in = in;
    this.nonce = nonce;
  }

  /** The body is larger than {@link #BODY_LIMIT}. */
  static final class TooLarge extends IOException {}

  /** Returns when the script runs; {@link EOFException} when it never did. */
  void awaitReady() throws IOException {
    awaitMark(nonce + " ready\n");
  }

  /** The last part of what came before the script ran. */
  synchronized byte[] noise() {
    return noise.toBytes();
  }

  /** Everything up to {@code end}; {@link EOFException} when the script died before. */
  Answer read() throws IOException {
    awaitMark(nonce + " begin\n");
    Map<String, String> values = new LinkedHashMap<>();
    byte[] body = new byte[0];
    while (true) {
      String line = line();
      if (line.isEmpty() || line.equals(nonce + " values")) {
        continue;
      }
      if (line.equals(nonce + " body")) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        String after = body(raw);
        body = raw.toByteArray();
        if (isEnd(after)) {
          return new Answer(values, body, status(after));
        }
        continue;
      }
      if (line.startsWith(nonce) && isEnd(line.substring(nonce.length()))) {
        return new Answer(values, body, status(line));
      }
      int space = line.indexOf(' ');
      if (space < 1 || values.size() >= VALUES_LIMIT) {
        throw new IOException("not a line of the protocol");
      }
      values.put(line.substring(0, space), OctalText.decode(line.substring(space + 1)));
    }
  }

  /** Copies raw bytes up to the mark that ends them; returns what stands after the nonce. */
  private String body(ByteArrayOutputStream raw) throws IOException {
    byte[] mark = ("\n" + nonce).getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    while (true) {
      byte next = next();
      if (next == mark[matched]) {
        matched++;
        if (matched < mark.length) {
          continue;
        }
        String rest = line();
        if (rest.equals(" values") || isEnd(rest)) {
          return rest;
        }
        // Somebody printed the nonce: it stays part of the body, and its newline may begin the
        // mark.
        raw.writeBytes(mark);
        raw.writeBytes(rest.getBytes(StandardCharsets.ISO_8859_1));
        matched = 1;
      } else {
        // The mark has its only newline in front, so a failed match can only start again here.
        raw.write(mark, 0, matched);
        if (next == mark[0]) {
          matched = 1;
        } else {
          matched = 0;
          raw.write(next);
        }
      }
      if (raw.size() > BODY_LIMIT) {
        throw new TooLarge();
      }
    }
  }

  private static boolean isEnd(String afterNonce) {
    return afterNonce.equals(" end 0") || afterNonce.equals(" end 1");
  }

  private static int status(String line) {
    return line.charAt(line.length() - 1) - '0';
  }

  private void awaitMark(String text) throws IOException {
    Marker mark = new Marker(text);
    while (true) {
      byte next = next();
      synchronized (this) {
        noise.add(next);
      }
      if (mark.completedBy(next)) {
        return;
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      byte next = next();
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (line.size() == LINE_LIMIT) {
        throw new IOException("a line of the protocol is too long");
      }
      line.write(next);
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
