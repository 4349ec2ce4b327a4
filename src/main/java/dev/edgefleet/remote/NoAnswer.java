package dev.edgefleet.remote;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.program.Program;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.program.RunScript;
import dev.edgefleet.remote.program.RunShell;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of an operation that was asked for and gave no answer, or none that can be
 * used.
 */
public final class NoAnswer {
  // No operation of edgefleet's own answers so.
  private static final String STRANGER =
      "see what else writes there: a start-up file of the login shell, or a wrapper around it";

  private NoAnswer() {}

  /** In doubt when it changes something, else failed. */
  public static Failure unknown(Operation<?> operation, String why, @Nullable Throwable cause) {
    if (operation.changes()) {
      return new InDoubt(
          "it is not known whether the device could " + operation.purpose() + ": " + why,
          "look at the device; " + secondTime(operation),
          cause);
    }
    return new StepFailed(
        "could not " + operation.purpose() + ": " + why, "nothing was changed; run again");
  }

  /**
   * Its time is over.
   *
   * @param limit how much it had, for people
   */
  public static Failure late(Operation<?> operation, String limit) {
    String why = "it took longer than " + limit;
    return operation.changes()
        ? unknown(operation, why, null)
        : StepFailed.late(
            "could not " + operation.purpose() + ": " + why,
            "nothing was changed; run again, with a longer timeout if the device is slow");
  }

  /** The connection is gone. */
  public static Unreachable lost(Operation<?> operation, Unreachable cause) {
    String outcome =
        operation.changes() ? "it is not known whether it was done" : "nothing was changed";
    return new Unreachable(
        "the connection was lost while trying to %s; %s (%s)"
            .formatted(operation.purpose(), outcome, cause.what()),
        operation.changes()
            ? "look at the device when it is back; " + secondTime(operation)
            : "run again when the device is back",
        cause);
  }

  /** What a new run makes of it. Only what looks first may be called safe. */
  private static String secondTime(Operation<?> operation) {
    if (operation.looksFirst()) {
      return "running again is safe, for it looks before it changes anything";
    }
    return switch (operation) {
      case RunProgram _, RunShell _, RunScript _ ->
          "a new run does it again, unless the task has creates, removes or job: true";
      case StartJob _ -> "a new run starts it again, unless the task has creates or removes";
      default -> "a new run may do it again";
    };
  }

  /** The worker did not understand what it was sent, and did nothing. */
  public static StepFailed notBegun(Operation<?> operation, String said) {
    return new StepFailed(
        "could not "
            + operation.purpose()
            + ": the device's shell did not get its program whole ("
            + said
            + ")",
        "nothing was changed; see that the device has the command dd, and that no start-up file"
            + " reads standard input");
  }

  public static StepFailed tooLarge(Operation<?> operation, AnswerTooLarge cause) {
    return new StepFailed(
        "could not " + operation.purpose() + ": " + cause.getMessage() + ", and was ended",
        operation instanceof Program ? "send its output to a file on the device" : STRANGER);
  }

  public static StepFailed noMemory(Operation<?> operation, AnswerBudget.Exhausted cause) {
    return new StepFailed(
        "could not " + operation.purpose() + ": " + cause.getMessage(),
        "let it print less, run fewer devices at a time (-f), or give edgefleet more memory with"
            + " JAVA_TOOL_OPTIONS=-Xmx2g");
  }

  /** It answered what no script of ours answers. */
  public static Failure nonsense(Operation<?> operation, Exception cause) {
    String why = "what the device answered makes no sense (" + cause.getMessage() + ")";
    return operation.changes()
        ? unknown(operation, why, cause)
        : new StepFailed(
            "could not " + operation.purpose() + ": " + why, "nothing was changed; " + STRANGER);
  }
}
