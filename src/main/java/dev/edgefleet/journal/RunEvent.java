package dev.edgefleet.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
@JsonIgnoreProperties("kept") // A mark of the journal's, not of the event.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunEvent.RunStarted.class, name = "run_started"),
  @JsonSubTypes.Type(value = RunEvent.PlayStarted.class, name = "play_started"),
  @JsonSubTypes.Type(value = RunEvent.RunResumed.class, name = "run_resumed"),
  @JsonSubTypes.Type(value = RunEvent.WaveStarted.class, name = "wave_started"),
  @JsonSubTypes.Type(value = RunEvent.SoakStarted.class, name = "soak_started"),
  @JsonSubTypes.Type(value = RunEvent.SoakEnded.class, name = "soak_ended"),
  @JsonSubTypes.Type(value = RunEvent.GateChecked.class, name = "gate_checked"),
  @JsonSubTypes.Type(value = RunEvent.ApprovalAsked.class, name = "approval_asked"),
  @JsonSubTypes.Type(value = RunEvent.ApprovalGiven.class, name = "approval_given"),
  @JsonSubTypes.Type(value = RunEvent.WaveEnded.class, name = "wave_ended"),
  @JsonSubTypes.Type(value = RunEvent.RunPaused.class, name = "run_paused"),
  @JsonSubTypes.Type(value = RunEvent.RunContinued.class, name = "run_continued"),
  @JsonSubTypes.Type(value = RunEvent.RunAborted.class, name = "run_aborted"),
  @JsonSubTypes.Type(value = RunEvent.RunWarned.class, name = "run_warned"),
  @JsonSubTypes.Type(value = RunEvent.FileUsed.class, name = "file_used"),
  @JsonSubTypes.Type(value = RunEvent.BlockEntered.class, name = "block_entered"),
  @JsonSubTypes.Type(value = RunEvent.HandlersNotified.class, name = "handlers_notified"),
  @JsonSubTypes.Type(value = RunEvent.DeviceHeld.class, name = "device_held"),
  @JsonSubTypes.Type(value = RunEvent.OperatorDecided.class, name = "operator_decided"),
  @JsonSubTypes.Type(value = RunEvent.WebhookCalled.class, name = "webhook_called"),
  @JsonSubTypes.Type(value = RunEvent.RunSuspended.class, name = "run_suspended"),
  @JsonSubTypes.Type(value = RunEvent.DeviceStarted.class, name = "device_started"),
  @JsonSubTypes.Type(value = RunEvent.StepStarted.class, name = "step_started"),
  @JsonSubTypes.Type(value = RunEvent.StepRetried.class, name = "step_retried"),
  @JsonSubTypes.Type(value = RunEvent.StepEnded.class, name = "step_ended"),
  @JsonSubTypes.Type(value = RunEvent.DeviceEnded.class, name = "device_ended"),
  @JsonSubTypes.Type(value = RunEvent.RunEnded.class, name = "run_ended"),
})
public sealed interface RunEvent {
  /** The name in {@link StepEnded#values} under which a step's warnings stand. */
  String WARNINGS = "warnings";

  /** A file the run was made from, with the SHA-256 of its bytes in lower hex. */
  record Source(String path, String sha256) {}

  /**
   * @param operator login name of who started it, as {@code user@controller}
   * @param command the command line, as words; never holds a secret
   * @param check true when no device may be changed
   * @param devices names of every device the run covers, in inventory order
   * @param retryOf id of the run whose failed devices this one tries again
   */
  record RunStarted(
      String run,
      String operator,
      List<String> command,
      String version,
      Source playbook,
      List<Source> inventories,
      boolean check,
      List<String> devices,
      Optional<String> retryOf)
      implements RunEvent {}

  /**
   * Another process goes on with the run.
   *
   * @param process which one it is: the first that resumes is 2. It is the fencing number of what
   *     the process asks of devices
   */
  record RunResumed(int process, String operator, List<String> command, String version)
      implements RunEvent {}

  /**
   * @param play number from 1
   */
  record PlayStarted(int play, String name, List<String> devices) implements RunEvent {}

  /**
   * The play goes on to its next devices. A play with neither {@code rollout} nor {@code serial} is
   * one wave.
   *
   * @param wave number from 1
   * @param waves how many the play has
   * @param name as in {@code rollout}; {@code batch 2} under {@code serial}
   */
  record WaveStarted(int play, int wave, int waves, String name, List<String> devices)
      implements RunEvent {}

  /** Every device of the wave is through; now the wave has to last. */
  record SoakStarted(int play, int wave, long seconds) implements RunEvent {}

  record SoakEnded(int play, int wave) implements RunEvent {}

  /**
   * The wave's devices were looked at.
   *
   * @param healthy how many are as the gate wants them
   * @param unhealthy the others, in the wave's order
   * @param message one sentence for people
   */
  record GateChecked(
      int play, int wave, boolean passed, int healthy, List<String> unhealthy, String message)
      implements RunEvent {}

  /**
   * Somebody has to agree before what comes after this wave may begin.
   *
   * @param next what would begin: the next wave's name, or what comes after the last
   */
  record ApprovalAsked(int play, int wave, String next) implements RunEvent {}

  /**
   * @param operator who agreed, as {@code user@controller}
   * @param note what they said; may be empty
   */
  record ApprovalGiven(int play, int wave, String operator, String note) implements RunEvent {}

  /**
   * Nothing of this wave is left to do.
   *
   * @param passed whether the next wave may begin
   * @param message why not; empty when it passed
   */
  record WaveEnded(int play, int wave, boolean passed, String message) implements RunEvent {}

  /** From here on no device starts; those at work go on. */
  record RunPaused(String operator, String note) implements RunEvent {}

  record RunContinued(String operator) implements RunEvent {}

  /** From here on nothing begins any more; devices at work go on to their end. */
  record RunAborted(String operator, String note) implements RunEvent {}

  /**
   * Something of the run as a whole that does not stop it and that somebody should know. What is of
   * one device stands in its step's {@code warnings}.
   *
   * @param message one sentence for people
   */
  record RunWarned(String message) implements RunEvent {}

  /**
   * A step used this file of the controller; once for each content it had.
   *
   * @param path absolute
   * @param sha256 of its bytes as they lie there, in lower hex
   */
  record FileUsed(String path, String sha256) implements RunEvent {}

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
   * @param values what it came to know, by name: what {@code register} keeps beside outputs, cut
   *     to size; {@code modules} is the parsed {@code iotedge list}
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

    /** What went well and is not as it should be, each a sentence. */
    public List<String> warnings() {
      return values.get(WARNINGS) instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of();
    }
  }

  /** A part of a block. */
  enum Section {
    TASKS,
    RESCUE,
    ALWAYS
  }

  /** The device goes into one section of a block. */
  record BlockEntered(String device, String path, Section section) implements RunEvent {}

  /**
   * Handlers that have to run because of this step; written before the step's end is.
   *
   * @param handlers paths of the handlers
   */
  record HandlersNotified(StepId step, List<String> handlers) implements RunEvent {}

  /**
   * A step was begun by a process that died, and neither the device nor the journal can tell
   * whether it was done: the device stays where it is until the operator says so.
   *
   * @param message one sentence for people
   * @param remedy what to do next
   */
  record DeviceHeld(int play, StepId step, String task, String message, String remedy)
      implements RunEvent {}

  /**
   * The operator's word on a step in doubt.
   *
   * @param done true: it was done, do not repeat it; false: do it again
   */
  record OperatorDecided(StepId step, boolean done, String operator) implements RunEvent {}

  /**
   * Somebody was told over the playbook's webhook, or could not be.
   *
   * @param occasion what they were told of: {@code gate}, {@code abort} or {@code end}
   * @param message why it could not be delivered; empty when it was
   */
  record WebhookCalled(String occasion, boolean delivered, String message) implements RunEvent {}

  /** The device has no more steps in this play. */
  record DeviceEnded(int play, String device, DeviceStatus status) implements RunEvent {}

  /**
   * The process ends and the run does not: it can be resumed.
   *
   * @param exitCode 6 when it waits for somebody, 130 when it was interrupted
   * @param reason what it waits for, or why it ended
   */
  record RunSuspended(int exitCode, String reason) implements RunEvent {}

  /**
   * The run is over and is not resumed any more.
   *
   * @param reason why it ended early; absent when it went through
   */
  record RunEnded(int exitCode, Optional<String> reason) implements RunEvent {}
}
