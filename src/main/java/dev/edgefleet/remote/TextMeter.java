package dev.edgefleet.remote;

/** Counts text of an answer on its way in, which has to fit into the run's memory. */
final class TextMeter {
  /** So much goes without asking. */
  private static final int FREE = 16 << 10;

  private static final int PIECE = 64 << 10;

  /** The line, its text, and what it says once it is decoded, with two bytes a character. */
  private static final int TIMES_HELD = 4;

  private final AnswerBudget.Share share;
  private int left = FREE;

  TextMeter(AnswerBudget.Share share) {
    this.share = share;
  }

  /**
   * One character more.
   *
   * @throws AnswerBudget.Exhausted when the run has no memory for it
   */
  void count() throws AnswerBudget.Exhausted {
    if (left == 0) {
      share.take((long) PIECE * TIMES_HELD);
      left = PIECE;
    }
    left--;
  }
}
