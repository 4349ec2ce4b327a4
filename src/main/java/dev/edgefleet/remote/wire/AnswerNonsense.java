package dev.edgefleet.remote.wire;

import java.io.IOException;

/** What came is nothing that a script of ours answers. */
public final class AnswerNonsense extends IOException {
  /**
   * @param what is wrong with it
   */
  public AnswerNonsense(String what) {
    super(what);
  }
}
