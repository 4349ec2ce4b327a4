package dev.edgefleet.journal;

/** With what the program ends; README and docs/architecture.md tell operators the same. */
public enum ExitCode {
  DONE(0),
  INTERNAL_ERROR(1),
  /** Of {@code follow}: the run's process is gone without a word. */
  CUT_OFF(1),
  BAD_INPUT(2),
  DEVICES_FAILED(3),
  /** The record of a run is not what was written. */
  RECORD_BROKEN(3),
  DEVICES_UNREACHABLE(4),
  /** By a budget, a gate or an operator. */
  STOPPED(5),
  /** For an approval or a decision; the run can be resumed. */
  WAITING(6),
  /** Of {@code verify}: whole so far, and the run is not over. */
  RECORD_OPEN(6),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
