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
  IN_DOUBT
}
