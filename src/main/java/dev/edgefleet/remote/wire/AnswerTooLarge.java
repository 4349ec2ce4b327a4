package dev.edgefleet.remote.wire;

import java.io.IOException;

/** An answer passed a bound. */
public final class AnswerTooLarge extends IOException {
  /**
   * @param limit in bytes
   */
  public AnswerTooLarge(long limit) {
    super("it printed more than " + limit + " bytes");
  }
}
