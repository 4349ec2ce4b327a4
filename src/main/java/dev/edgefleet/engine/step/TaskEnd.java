package dev.edgefleet.engine.step;

/** What a task's end, or that of a block or a whole play, means to the device. */
public enum TaskEnd {
  /** It goes on with what comes next. */
  DONE,
  FAILED,
  UNREACHABLE,
  /** It is done with the play, and well. */
  ENDED,
  /** It was not done to its end because the run ends. */
  STOPPED,
  /** A process before this one may have done it; it waits for the operator's word. */
  HELD
}
