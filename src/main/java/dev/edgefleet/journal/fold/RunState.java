package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.ExitCode;

/** Whether a process works at a run, and if not, why; its names are what machines read. */
public enum RunState {
  /** A process works at it. */
  RUNNING,
  /** No process: it waits for the operator. */
  WAITING,
  /** No process: the operator stopped it, and it can be resumed. */
  INTERRUPTED,
  /** No process, and none said good-bye: it crashed, or its machine did. It can be resumed. */
  CUT_OFF,
  /** It is over. */
  ENDED;

  /**
   * @param alive whether a process works at it
   */
  public static RunState of(RunFold run, boolean alive) {
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

  /**
   * What it is at, or waits for.
   *
   * @param run the one that is in this state
   */
  public StateWord shown(RunFold run) {
    return switch (this) {
      case RUNNING -> waitsFor(run, StateWord.RUNNING);
      case WAITING -> waitsFor(run, StateWord.WAITING);
      case INTERRUPTED, CUT_OFF, ENDED -> shown();
    };
  }

  /** Without a look at what it is at. */
  public StateWord shown() {
    return switch (this) {
      case RUNNING -> StateWord.RUNNING;
      case WAITING -> StateWord.WAITING;
      case INTERRUPTED -> StateWord.INTERRUPTED;
      case CUT_OFF -> StateWord.CUT_OFF;
      case ENDED -> StateWord.ENDED;
    };
  }

  private static StateWord waitsFor(RunFold run, StateWord otherwise) {
    if (run.approval().isPresent()) {
      return StateWord.WAITING_FOR_APPROVAL;
    }
    if (run.paused().isPresent()) {
      return StateWord.PAUSED;
    }
    if (!run.held().isEmpty() && run.working().isEmpty()) {
      return StateWord.WAITING_FOR_DECISION;
    }
    boolean soaks = !run.waves().isEmpty() && run.waves().getLast().state() == WaveState.SOAKING;
    return soaks ? StateWord.SOAKING : otherwise;
  }

  public boolean canBeResumed() {
    return switch (this) {
      case WAITING, INTERRUPTED, CUT_OFF -> true;
      case RUNNING, ENDED -> false;
    };
  }
}
