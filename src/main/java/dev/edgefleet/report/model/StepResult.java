package dev.edgefleet.report.model;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.fold.StateWord;
import java.util.Locale;

/** How a step came out: what the journal says, or that it never said. */
public enum StepResult {
  OK,
  CHANGED,
  SKIPPED,
  FAILED,
  UNREACHABLE,
  /** It was sent and nobody knows how it ended. */
  IN_DOUBT,
  /** It failed or could not be reached, and the playbook says to go on. */
  IGNORED,
  /** It failed, and a {@code rescue} section took over. */
  RESCUED,
  /** An attempt that was followed by another. */
  RETRIED,
  /** It was started and the journal ends before it did. */
  UNFINISHED;

  public static StepResult of(StepStatus status) {
    return switch (status) {
      case OK -> OK;
      case CHANGED -> CHANGED;
      case SKIPPED -> SKIPPED;
      case FAILED -> FAILED;
      case UNREACHABLE -> UNREACHABLE;
      case IN_DOUBT -> IN_DOUBT;
      case IGNORED -> IGNORED;
      case RESCUED -> RESCUED;
    };
  }

  /** The word in {@code report.json}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The word for people.
   *
   * @param check whether the run was to change nothing
   */
  public StateWord shown(boolean check) {
    return this == CHANGED && check ? StateWord.WOULD_CHANGE : shown();
  }

  /** The word for people, of a run that may change things. */
  public StateWord shown() {
    return switch (this) {
      case OK -> StateWord.OK;
      case CHANGED -> StateWord.CHANGED;
      case SKIPPED -> StateWord.SKIPPED;
      case FAILED -> StateWord.FAILED;
      case UNREACHABLE -> StateWord.UNREACHABLE;
      case IN_DOUBT -> StateWord.IN_DOUBT;
      case IGNORED -> StateWord.IGNORED;
      case RESCUED -> StateWord.RESCUED;
      case RETRIED -> StateWord.RETRIED;
      case UNFINISHED -> StateWord.UNFINISHED;
    };
  }

  /** True when it failed and the playbook went on all the same. */
  public boolean isTolerated() {
    return this == IGNORED || this == RESCUED;
  }

  /** True when it ended and not well. */
  public boolean isFailure() {
    return switch (this) {
      case FAILED, UNREACHABLE, IN_DOUBT -> true;
      case OK, CHANGED, SKIPPED, IGNORED, RESCUED, RETRIED, UNFINISHED -> false;
    };
  }
}
