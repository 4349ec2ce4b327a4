package dev.edgefleet.report.model;

import java.util.List;

/**
 * Devices that failed for the same reason.
 *
 * @param result how their last step came out
 * @param cause the message they share; what differs between them stands in angle quotes, such as
 *     {@code ‹address›}
 * @param remedy what to do next, likewise; may be empty
 * @param output last lines of what a command printed on the first of them; may be empty
 * @param outputs what was printed, and by which of them: up to three texts, the one that most
 *     devices printed first
 * @param devices in inventory order
 */
public record FailureGroup(
    StepResult result,
    String cause,
    String remedy,
    String output,
    List<Output> outputs,
    List<Case> devices) {
  /**
   * What a command printed on these devices.
   *
   * @param text its last lines
   */
  public record Output(String text, List<String> devices) {}

  /**
   * One device's own failure.
   *
   * @param message in its own words
   * @param task empty when the journal names no step
   * @param place the task in its playbook, {@code file:line:column}
   */
  public record Case(String device, String message, String task, String place) {}
}
