package dev.edgefleet.remote.wire;

import dev.edgefleet.remote.AnswerBudget;

/** Counts a part of an answer on its way in, which has to fit into the run's memory. */
public final class AnswerMeter {
  /** So much goes without asking: most answers are no larger, and wait for nobody. */
  static final int FREE = 8 << 10;

  /** So much is asked for at a time. */
  static final int PIECE = 64 << 10;

  private final AnswerBudget.Share share;
  private final int timesHeld;
  private int left = FREE;

  /**
   * @param timesHeld how many bytes are held at once for each that comes: it is put together,
   *     decoded, made a text
   */
  public AnswerMeter(AnswerBudget.Share share, int timesHeld) {
    this.share = share;
    this.timesHeld = timesHeld;
  }

  /**
   * One byte, or character, more.
   *
   * @throws AnswerBudget.Exhausted when the run has no memory for it
   */
  public void count() throws AnswerBudget.Exhausted {
    if (left == 0) {
      share.take((long) PIECE * timesHeld);
      left = PIECE;
    }
    left--;
  }
}
