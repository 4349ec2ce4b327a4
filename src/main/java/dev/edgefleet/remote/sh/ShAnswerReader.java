package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.OctalText;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerMeter;
import dev.edgefleet.remote.wire.AnswerNonsense;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import dev.edgefleet.remote.wire.BodyBuffer;
import dev.edgefleet.remote.wire.ByteTail;
import dev.edgefleet.remote.wire.Marker;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the frames of a worker from its standard output; see docs/wire.md. Everything has a bound,
 * for a device may answer anything.
 */
public final class ShAnswerReader {
  /** Most bytes of one value's line, and of all values of an answer. */
  static final int VALUES_LIMIT = 1 << 20;

  private static final int COUNT_LIMIT = 1000;
  private static final int NOISE_KEPT = 4096;

  private final InputStream in;
  private final ByteTail noise = new ByteTail(NOISE_KEPT);
  private final byte[] buffer = new byte[8192];
  private int position;
  private int available;

  ShAnswerReader(InputStream in) {
    this.in = in;
  }

  /** The operation ended without an answer; the worker itself goes on. */
  static final class Died extends IOException {
    private final int exitCode;

    Died(int exitCode) {
      super("exit code " + exitCode);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  /** The last part of what came before the shell ran. */
  byte[] noise() {
    synchronized (noise) {
      return noise.toBytes();
    }
  }

  /**
   * The next answer, from its {@code begin} to its {@code end}.
   *
   * @throws Died when the operation ended before its answer did
   * @throws EOFException when the worker died
   */
  Answer read(String mark, BodyLimits limits, AnswerBudget.Share share) throws IOException {
    awaitMark(mark + " begin\n");
    Map<String, String> values = new LinkedHashMap<>();
    BodyBuffer body = new BodyBuffer(limits, share);
    AnswerMeter meter = new AnswerMeter(share, Answer.VALUES_TIMES_HELD);
    int left = VALUES_LIMIT;
    while (true) {
      String line = line(left, meter);
      // With its newline: empty ones have an end as well.
      left -= line.length() + 1;
      if (left < 0) {
        throw new AnswerTooLarge(VALUES_LIMIT);
      }
      if (line.isEmpty() || line.equals(mark + " values")) {
        continue;
      }
      String afterMark = line.startsWith(mark) ? line.substring(mark.length()) : "";
      if (afterMark.equals(" body")) {
        afterMark = body(mark, body, meter);
      }
      if (afterMark.startsWith(" died ")) {
        throw new Died(exitCode(afterMark.substring(" died ".length())));
      }
      if (isEnd(afterMark)) {
        int status = afterMark.charAt(afterMark.length() - 1) - '0';
        return new Answer(values, body.toBytes(), body.size(), status);
      }
      if (!afterMark.isEmpty()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (space < 1) {
        throw new AnswerNonsense("a line of its answer is no value");
      }
      if (values.size() == COUNT_LIMIT) {
        throw new AnswerNonsense("it answered more than " + COUNT_LIMIT + " values");
      }
      values.put(line.substring(0, space), OctalText.decode(line.substring(space + 1)));
    }
  }

  /** Copies raw bytes up to the mark that ends them; returns what stands after the mark. */
  private String body(String mark, BodyBuffer body, AnswerMeter meter) throws IOException {
    byte[] end = ("\n" + mark).getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    while (true) {
      byte next = next();
      if (next == end[matched]) {
        matched++;
        if (matched < end.length) {
          continue;
        }
        String rest = line(VALUES_LIMIT, meter);
        if (rest.equals(" values") || rest.startsWith(" died ") || isEnd(rest)) {
          return rest;
        }
        // Somebody printed the mark: it stays part of the body, and its newline may begin the end.
        body.write(end, end.length);
        byte[] after = rest.getBytes(StandardCharsets.ISO_8859_1);
        body.write(after, after.length);
        matched = 1;
      } else {
        // The end has its only newline in front, so a failed match can only start again here.
        body.write(end, matched);
        if (next == end[0]) {
          matched = 1;
        } else {
          matched = 0;
          body.write(next);
        }
      }
    }
  }

  private static boolean isEnd(String afterMark) {
    return afterMark.equals(" end 0") || afterMark.equals(" end 1");
  }

  private static int exitCode(String text) throws AnswerNonsense {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new AnswerNonsense("an exit code that is no number");
    }
  }

  /**
   * Skips everything up to and with a mark.
   *
   * @throws EOFException when it never comes
   */
  void awaitMark(String text) throws IOException {
    Marker mark = new Marker(text);
    for (int skipped = 0; ; skipped++) {
      if (skipped == Answer.NOISE_LIMIT) {
        throw new AnswerTooLarge(Answer.NOISE_LIMIT);
      }
      byte next = next();
      synchronized (noise) {
        noise.add(next);
      }
      if (mark.completedBy(next)) {
        return;
      }
    }
  }

  private String line(int limit, AnswerMeter meter) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      byte next = next();
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (line.size() >= limit) {
        throw new AnswerTooLarge(VALUES_LIMIT);
      }
      meter.count();
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
