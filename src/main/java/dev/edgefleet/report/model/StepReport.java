package dev.edgefleet.report.model;

import dev.edgefleet.journal.FileDiff;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.StepId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step on one device.
 *
 * @param play number from 1
 * @param path play, block and task as numbers, such as {@code 1.3}
 * @param item loop index with a hash of the item; empty outside a loop
 * @param attempt from 1
 * @param label what the loop item is called; empty outside a loop
 * @param place the task in its playbook, {@code file:line:column}
 * @param started UTC
 * @param millis 0 when it never ended
 * @param message one sentence: what changed, why it was skipped, what went wrong
 * @param remedy what to do next; empty unless it failed
 * @param output last lines of what a command printed
 * @param resumed true when a process died while it was at it, and another took it up
 * @param decided what the operator said of it, when nobody else could know whether it was done
 */
public record StepReport(
    int play,
    String path,
    String item,
    int attempt,
    String label,
    String task,
    String action,
    String place,
    StepResult result,
    boolean changed,
    Instant started,
    long millis,
    String message,
    String remedy,
    List<FileDiff> diffs,
    String output,
    boolean resumed,
    Optional<Decision> decided) {
  /**
   * The operator's word on a step in doubt.
   *
   * @param done true: it was done, and was not repeated; false: it was to be done again
   * @param operator {@code user@controller}
   * @param at UTC
   */
  public record Decision(boolean done, String operator, Instant at) {}

  /** A step that was started and of which nothing more is known. */
  public static StepReport unfinished(
      int play, StepId step, String task, String action, String place, Instant started) {
    return new StepReport(
        play,
        step.path(),
        step.item(),
        step.attempt(),
        "",
        task,
        action,
        place,
        StepResult.UNFINISHED,
        false,
        started,
        0,
        "Started; the journal does not say how it ended",
        "",
        List.of(),
        "",
        false,
        Optional.empty());
  }

  /** The same step, once another attempt is to follow. */
  public StepReport retried(StepRetried event) {
    return new StepReport(
        play,
        path,
        item,
        attempt,
        label,
        task,
        action,
        place,
        StepResult.RETRIED,
        false,
        started,
        event.millis(),
        event.message(),
        "",
        List.of(),
        "",
        resumed,
        decided);
  }

  /** The same step, taken up again by another process. */
  public StepReport again(StepReport before) {
    return with(result, message, remedy, true, before.decided);
  }

  /** The same step, while nobody knows whether it was done. */
  public StepReport held(DeviceHeld event) {
    return with(StepResult.IN_DOUBT, event.message(), event.remedy(), resumed, Optional.empty());
  }

  /** The same step, once the operator has said whether it was done. */
  public StepReport decided(Decision word) {
    return with(result, message, remedy, true, Optional.of(word));
  }

  private StepReport with(
      StepResult newResult,
      String newMessage,
      String newRemedy,
      boolean newResumed,
      Optional<Decision> newDecided) {
    return new StepReport(
        play,
        path,
        item,
        attempt,
        label,
        task,
        action,
        place,
        newResult,
        changed,
        started,
        millis,
        newMessage,
        newRemedy,
        diffs,
        output,
        newResumed,
        newDecided);
  }
}
