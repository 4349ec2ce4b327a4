package dev.edgefleet.failure;

import java.util.OptionalInt;

/** Something ran on the device, or was about to, and failed. Exit code 3. */
public final class StepFailed extends Failure {
  private final transient OptionalInt exitCode;
  private final String outputTail;
  private final boolean late;

  public StepFailed(String what, String remedy) {
    this(what, remedy, OptionalInt.empty(), "");
  }

  private StepFailed(
      String what, String remedy, OptionalInt exitCode, String outputTail, boolean late) {
    super(what, remedy, null);
    this.exitCode = exitCode;
    this.outputTail = outputTail;
    this.late = late;
  }

  /** It did not end within its time. */
  public static StepFailed late(String what, String remedy) {
    return new StepFailed(what, remedy, OptionalInt.empty(), "", true);
  }

  /**
   * @param exitCode of the command that failed, when one ran
   * @param outputTail the last lines it printed, at most a screenful
   */
  public StepFailed(String what, String remedy, OptionalInt exitCode, String outputTail) {
    this(what, remedy, exitCode, outputTail, false);
  }

  /** Whether it did not end within its time. */
  public boolean isLate() {
    return late;
  }

  public OptionalInt exitCode() {
    return exitCode;
  }

  public String outputTail() {
    return outputTail;
  }
}
