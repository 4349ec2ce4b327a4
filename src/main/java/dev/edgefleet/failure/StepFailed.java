package dev.edgefleet.failure;

import java.util.OptionalInt;

/** Something ran on the device, or was about to, and failed. Exit code 3. */
public final class StepFailed extends Failure {
  private final transient OptionalInt exitCode;
  private final String outputTail;

  public StepFailed(String what, String remedy) {
    this(what, remedy, OptionalInt.empty(), "");
  }

  /**
   * @param exitCode of the command that failed, when one ran
   * @param outputTail the last lines it printed, at most a screenful
   */
  public StepFailed(String what, String remedy, OptionalInt exitCode, String outputTail) {
    super(what, remedy, null);
    this.exitCode = exitCode;
    this.outputTail = outputTail;
  }

  public OptionalInt exitCode() {
    return exitCode;
  }

  public String outputTail() {
    return outputTail;
  }
}
