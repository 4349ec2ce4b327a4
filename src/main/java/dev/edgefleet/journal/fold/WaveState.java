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
}
