package dev.edgefleet.report.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One wave of a play. One that has not begun has times and counts of nothing.
 *
 * @param wave number from 1
 * @param name empty when it has not begun and the journal does not name it
 * @param devices how many it is for; absent when it has not begun and the journal does not say
 * @param started UTC
 * @param ended UTC
 * @param ok how many came through it and had nothing changed
 * @param changed how many came through it and had something changed
 * @param message why it failed; empty when it did not
 */
public record WaveReport(
    int wave,
    String name,
    WaveState state,
    Optional<Integer> devices,
    Optional<Instant> started,
    Optional<Instant> ended,
    int ok,
    int changed,
    int failed,
    int unreachable,
    int stopped,
    int held,
    String message,
    Optional<Soak> soak,
    Optional<Gate> gate,
    Optional<Approval> approval) {
  /**
   * The time a wave had to last.
   *
   * @param seconds how long
   * @param started UTC
   * @param ended UTC; absent while it lasts
   */
  public record Soak(long seconds, Instant started, Optional<Instant> ended) {}

  /**
   * What a look at the wave's devices gave.
   *
   * @param started UTC; when the first device was looked at
   * @param checked UTC; absent while they are looked at
   * @param passed likewise
   * @param healthy how many are as the gate wants them
   * @param unhealthy the others
   * @param message one sentence
   */
  public record Gate(
      Instant started,
      Optional<Instant> checked,
      Optional<Boolean> passed,
      int healthy,
      List<String> unhealthy,
      String message) {}

  /**
   * Somebody's agreement.
   *
   * @param asked UTC
   * @param next what would begin
   * @param given UTC; absent while it is waited for
   * @param operator who agreed; empty while it is waited for
   * @param note what they said; may be empty
   */
  public record Approval(
      Instant asked, String next, Optional<Instant> given, String operator, String note) {}
}
