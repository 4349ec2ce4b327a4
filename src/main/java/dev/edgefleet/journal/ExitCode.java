package dev.edgefleet.journal;

/** With what the program ends; README and docs/architecture.md tell operators the same. */
public enum ExitCode {
  DONE(0),
  INTERNAL_ERROR(1),
  BAD_INPUT(2),
  /** Of {@code verify}: the record is not what was written. */
  DEVICES_FAILED(3),
  DEVICES_UNREACHABLE(4),
  /** By a budget, a gate or an operator. */
  STOPPED(5),
  /** For an approval or a decision; the run can be resumed. */
  WAITING(6),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
