package dev.edgefleet.report;

import dev.edgefleet.journal.FileDiff;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.StepId;
import java.time.Instant;
import java.util.List;

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
    String output) {
  /** A step that was started and of which nothing more is known. */
  static StepReport unfinished(
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
        "");
  }

  /** The same step, once another attempt is to follow. */
  StepReport retried(StepRetried event) {
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
        "");
  }
}
