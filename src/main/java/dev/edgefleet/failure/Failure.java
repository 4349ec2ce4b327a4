package dev.edgefleet.failure;

import org.jspecify.annotations.Nullable;

/**
 * Root of every error that edgefleet reports to its operator. The message says what was found, in
 * one sentence; {@link #remedy()} says what to do next. Which subclass it is decides the exit code
 * and what happens to the device.
 */
public abstract sealed class Failure extends RuntimeException
    permits BadInput, Unreachable, Refused, StepFailed, InDoubt {
  private final String remedy;

  Failure(String what, String remedy, @Nullable Throwable cause) {
    super(what, cause);
    this.remedy = remedy;
  }

  /** What was found, one sentence, no trailing full stop needed by callers. */
  public final String what() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** What the operator does next; empty when {@link #what()} already says it. */
  public final String remedy() {
    return remedy;
  }
}
