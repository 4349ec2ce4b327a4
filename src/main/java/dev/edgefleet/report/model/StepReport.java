package dev.edgefleet.report.model;

import dev.edgefleet.journal.FileDiff;
import dev.edgefleet.journal.fold.OperatorDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param warnings what went well and is not as it should be, each a sentence
 * @param values what it came to know, by name
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
    List<String> warnings,
    Map<String, Object> values,
    boolean resumed,
    Optional<OperatorDecision> decided) {}
