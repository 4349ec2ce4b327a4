package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.fold.RunFold;

/** Whether a run goes on, and if not, why. */
public enum RunState {
  /** A process works at it. */
  RUNNING("running"),
  /** No process: it waits for the operator. */
  WAITING("waiting"),
  /** No process: the operator stopped it, and it can be resumed. */
  INTERRUPTED("interrupted"),
  /** No process, and none said good-bye: it crashed, or its machine did. It can be resumed. */
  CUT_OFF("cut off"),
  /** It is over. */
  ENDED("ended");

  private final String word;

  RunState(String word) {
    this.word = word;
  }

  /**
   * @param alive whether a process works at it
   */
  static RunState of(RunFold run, boolean alive) {
    if (run.ended().isPresent()) {
      return ENDED;
    }
    if (alive) {
      return RUNNING;
    }
    return run.suspended()
        .map(why -> why.exitCode() == ExitCode.WAITING.number() ? WAITING : INTERRUPTED)
        .orElse(CUT_OFF);
  }

  public String word() {
    return word;
  }

  boolean canBeResumed() {
    return switch (this) {
      case WAITING, INTERRUPTED, CUT_OFF -> true;
      case RUNNING, ENDED -> false;
    };
  }
}
