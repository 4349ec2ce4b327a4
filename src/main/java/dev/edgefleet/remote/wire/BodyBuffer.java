package dev.edgefleet.remote.wire;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A body on its way in: its beginning is kept, within the run's memory; what is over is counted.
 */
public final class BodyBuffer {
  // Each byte is held a second time when the pieces are put together.
  private static final int TIMES_HELD = 2;

  private final BodyLimits limits;
  private final AnswerMeter meter;
  private final List<byte[]> pieces = new ArrayList<>();
  private int filled;
  private long kept;
  private long size;

  public BodyBuffer(BodyLimits limits, AnswerBudget.Share share) {
    this.limits = limits;
    this.meter = new AnswerMeter(share, TIMES_HELD);
  }

  /**
   * @throws AnswerTooLarge when it is more than may come at all
   * @throws AnswerBudget.Exhausted when the run has no memory for it
   */
  public void write(byte next) throws IOException {
    size++;
    if (size > limits.most()) {
      throw new AnswerTooLarge(limits.most());
    }
    if (kept == limits.keep()) {
      return;
    }
    meter.count();
    if (pieces.isEmpty() || filled == pieces.getLast().length) {
      // As the meter takes them.
      int piece = pieces.isEmpty() ? AnswerMeter.FREE : AnswerMeter.PIECE;
      pieces.add(new byte[(int) Math.min(piece, limits.keep() - kept)]);
      filled = 0;
    }
    pieces.getLast()[filled++] = next;
    kept++;
  }

  public void write(byte[] bytes, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      write(bytes[i]);
    }
  }

  /** How many bytes came, kept or not. */
  public long size() {
    return size;
  }

  public byte[] toBytes() {
    byte[] whole = new byte[Math.toIntExact(kept)];
    int at = 0;
    for (byte[] piece : pieces) {
      int length = Math.min(piece.length, whole.length - at);
      System.arraycopy(piece, 0, whole, at, length);
      at += length;
    }
    return whole;
  }
}
