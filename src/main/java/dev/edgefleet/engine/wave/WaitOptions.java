package dev.edgefleet.engine.wave;

/**
 * What a run does where it has to wait.
 *
 * @param detach whether the process ends there, and another one resumes the run
 * @param approved whether the operator approves everything beforehand
 * @param operator who that is, as {@code user@controller}
 */
public record WaitOptions(boolean detach, boolean approved, String operator) {
  /** Waits, and approves nothing. */
  public static final WaitOptions WAIT = new WaitOptions(false, false, "");
}
