package dev.edgefleet.journal.fold;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a wave has come. */
public enum WaveState {
  /** Its devices are at work. */
  RUNNING,
  /** Its devices are through, and now it has to last. */
  SOAKING,
  /** Its devices are being looked at. */
  GATE,
  /** Somebody has to agree before the next one. */
  WAITING,
  PASSED,
  /** It ended, and nothing after it may begin. */
  FAILED,
  NOT_STARTED;

  /** The word in {@code report.json}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word for people. */
  public StateWord shown() {
    return switch (this) {
      case RUNNING -> StateWord.RUNNING;
      case SOAKING -> StateWord.SOAKING;
      case GATE -> StateWord.CHECKING;
      case WAITING -> StateWord.WAITING_FOR_APPROVAL;
      case PASSED -> StateWord.PASSED;
      case FAILED -> StateWord.FAILED;
      case NOT_STARTED -> StateWord.NOT_STARTED;
    };
  }
}
