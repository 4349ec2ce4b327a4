package dev.edgefleet.report.model;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.edgefleet.journal.fold.StateWord;
import java.util.Locale;

/** How a device came out of the whole run, or of one play. */
public enum DeviceResult {
  /** Something failed on it. */
  FAILED,
  /** No connection, or it refused the credentials. */
  UNREACHABLE,
  /** It waits for the operator's word on a step of which nobody knows whether it was done. */
  HELD,
  /** It came through, and was not as its wave's gate wants it. */
  UNHEALTHY,
  /** It did not fail itself; the play ended for all because others did. */
  STOPPED,
  /** Its part began and the journal does not say how it ended. */
  UNFINISHED,
  /** Its part never began. */
  NOT_RUN,
  /** All went through and something was changed. */
  CHANGED,
  /** All went through and nothing had to change. */
  OK;

  /** The word in {@code report.json} and in the page's address. */
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
      case FAILED -> StateWord.FAILED;
      case UNREACHABLE -> StateWord.UNREACHABLE;
      case HELD -> StateWord.HELD;
      case UNHEALTHY -> StateWord.UNHEALTHY;
      case STOPPED -> StateWord.STOPPED;
      case UNFINISHED -> StateWord.UNFINISHED;
      case NOT_RUN -> StateWord.NOT_RUN;
      case CHANGED -> StateWord.CHANGED;
      case OK -> StateWord.OK;
    };
  }

  /** True for the results somebody has to do something about. */
  public boolean isProblem() {
    return switch (this) {
      case FAILED, UNREACHABLE, HELD, UNHEALTHY, STOPPED, UNFINISHED -> true;
      case NOT_RUN, CHANGED, OK -> false;
    };
  }
}
