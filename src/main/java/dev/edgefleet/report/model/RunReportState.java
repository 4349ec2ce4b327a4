package dev.edgefleet.report.model;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.edgefleet.journal.fold.StateWord;
import java.util.Locale;

/** Where a run stands, by what its journal says last; a process may have it all the same. */
public enum RunReportState {
  /** A process has it, or had it when it was cut off: the journal cannot tell which. */
  OPEN,
  /** Nobody has it; it goes on when somebody has had their say. */
  WAITING,
  /** It was interrupted and can be resumed. */
  INTERRUPTED,
  /** It is over. */
  ENDED;

  /** The word in {@code report.json}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word for people. */
  public StateWord shown() {
    return switch (this) {
      case OPEN -> StateWord.UNFINISHED;
      case WAITING -> StateWord.WAITING;
      case INTERRUPTED -> StateWord.INTERRUPTED;
      case ENDED -> StateWord.ENDED;
    };
  }
}
