package dev.edgefleet.journal;

/** How a step ended. */
public enum StepStatus {
  /** Looked, and nothing had to change. */
  OK,
  /** Changed something (or would, in a check run). */
  CHANGED,
  /** Not run: its condition was false, or a check run cannot run it. */
  SKIPPED,
  /** Ran and failed, or was refused before it ran. */
  FAILED,
  /** The device could not be reached, or refused the credentials. */
  UNREACHABLE,
  /** It was sent and nobody knows how it ended. */
  IN_DOUBT,
  /** It failed or could not be reached, and the playbook says to go on. */
  IGNORED,
  /** It failed, and a {@code rescue} section took over. */
  RESCUED;

  /** True when it ended badly and nothing in the playbook takes care of that. */
  public boolean isFailure() {
    return switch (this) {
      case FAILED, UNREACHABLE, IN_DOUBT -> true;
      case OK, CHANGED, SKIPPED, IGNORED, RESCUED -> false;
    };
  }
}
