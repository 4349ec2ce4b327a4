package dev.edgefleet.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What can happen in a run, in the order it happens. Everything else that tells of a run (progress,
 * reports, resume) is made from these. All text is already redacted when it gets here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunEvent.RunStarted.class, name = "run_started"),
  @JsonSubTypes.Type(value = RunEvent.PlayStarted.class, name = "play_started"),
  @JsonSubTypes.Type(value = RunEvent.BatchStarted.class, name = "batch_started"),
  @JsonSubTypes.Type(value = RunEvent.DeviceStarted.class, name = "device_started"),
  @JsonSubTypes.Type(value = RunEvent.StepStarted.class, name = "step_started"),
  @JsonSubTypes.Type(value = RunEvent.StepRetried.class, name = "step_retried"),
  @JsonSubTypes.Type(value = RunEvent.StepEnded.class, name = "step_ended"),
  @JsonSubTypes.Type(value = RunEvent.DeviceEnded.class, name = "device_ended"),
  @JsonSubTypes.Type(value = RunEvent.RunEnded.class, name = "run_ended"),
})
public sealed interface RunEvent {
  /** A file the run was made from, with the SHA-256 of its bytes in lower hex. */
  record Source(String path, String sha256) {}

  /**
   * @param operator login name of who started it, as {@code user@controller}
   * @param command the command line, as words; never holds a secret
   * @param check true when no device may be changed
   * @param devices names of every device the run covers, in inventory order
   */
  record RunStarted(
      String run,
      String operator,
      List<String> command,
      String version,
      Source playbook,
      List<Source> inventories,
      boolean check,
      List<String> devices)
      implements RunEvent {}

  /**
   * @param play number from 1
   */
  record PlayStarted(int play, String name, List<String> devices) implements RunEvent {}

  /**
   * A play with {@code serial} goes on to its next devices.
   *
   * @param batch number from 1
   * @param batches how many the play has
   */
  record BatchStarted(int play, int batch, int batches, List<String> devices) implements RunEvent {}

  /** The device's first step is about to run in this play. */
  record DeviceStarted(int play, String device) implements RunEvent {}

  /** Written before anything is asked of the device. */
  record StepStarted(StepId step, String task, String action, String place) implements RunEvent {}

  /**
   * An attempt was not good enough and another follows, which is a step of its own.
   *
   * @param message what the attempt said
   */
  record StepRetried(StepId step, String task, String action, long millis, String message)
      implements RunEvent {}

  /**
   * @param place the task in its playbook, {@code file:line:column}
   * @param message one sentence for people: what changed, why it was skipped, what went wrong
   * @param remedy what to do next; empty unless it failed
   * @param diffs what changed, for runs with {@code --diff}
   * @param output last lines of what a command printed
   * @param values small results by name; {@code modules} is the parsed {@code iotedge list}
   * @param item what the loop item is called; empty outside a loop
   */
  record StepEnded(
      StepId step,
      String task,
      String action,
      String place,
      StepStatus status,
      boolean changed,
      long millis,
      String message,
      String remedy,
      List<FileDiff> diffs,
      String output,
      Map<String, Object> values,
      String item)
      implements RunEvent {
    // A journal of a version without loops does not say.
    public StepEnded {
      item = Objects.requireNonNullElse(item, "");
    }
  }

  /** The device has no more steps in this play. */
  record DeviceEnded(int play, String device, DeviceStatus status) implements RunEvent {}

  /**
   * @param reason why it ended early; absent when it went through
   */
  record RunEnded(int exitCode, Optional<String> reason) implements RunEvent {}
}
