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

  @Meaning("A file that the run was made from.")
  record Source(
      @Meaning("As it was given.") String path,
      @Meaning("SHA-256 of its bytes, lower hex.") String sha256) {}

  @Meaning("The first record: who began what.")
  record RunStarted(
      @Meaning("Id of the run.") String run,
      @Meaning("Login name of who started it, `user@controller`.") String operator,
      @Meaning("The command line, as words; never holds a secret.") List<String> command,
      @Meaning("Of edgefleet.") String version,
      @Meaning("The playbook.") Source playbook,
      @Meaning("The inventory's files.") List<Source> inventories,
      @Meaning("Whether no device may be changed.") boolean check,
      @Meaning("Every device that the run covers, in inventory order.") List<String> devices,
      @Meaning("Id of the run whose failed devices this one tries again, or null.")
          Optional<String> retryOf)
      implements RunEvent {}

  @Meaning("Another process goes on with the run.")
  record RunResumed(
      @Meaning(
              "Which one it is: the first that resumes is 2. It is the fencing number of what the process asks of devices.")
          int process,
      @Meaning("Who, `user@controller`.") String operator,
      @Meaning("The command line, as words.") List<String> command,
      @Meaning("Of edgefleet.") String version)
      implements RunEvent {}

  @Meaning("A play begins.")
  record PlayStarted(
      @Meaning("Number from 1.") int play,
      @Meaning("As in the playbook.") String name,
      @Meaning("Those that take part.") List<String> devices)
      implements RunEvent {}

  @Meaning(
      "The play goes on to its next devices. A play with neither `rollout` nor `serial` is one wave.")
  record WaveStarted(
      @Meaning("Number from 1.") int play,
      @Meaning("Number from 1.") int wave,
      @Meaning("How many the play has.") int waves,
      @Meaning("As in `rollout`; `batch 2` under `serial`.") String name,
      @Meaning("Those of the wave.") List<String> devices)
      implements RunEvent {}

  @Meaning("Every device of the wave is through; now the wave has to last.")
  record SoakStarted(
      @Meaning("Number from 1.") int play,
      @Meaning("Number from 1.") int wave,
      @Meaning("How long.") long seconds)
      implements RunEvent {}

  @Meaning("The wave has lasted.")
  record SoakEnded(@Meaning("Number from 1.") int play, @Meaning("Number from 1.") int wave)
      implements RunEvent {}

  @Meaning("The wave's devices were looked at.")
  record GateChecked(
      @Meaning("Number from 1.") int play,
      @Meaning("Number from 1.") int wave,
      @Meaning("Whether enough are as the gate wants them.") boolean passed,
      @Meaning("How many are.") int healthy,
      @Meaning("The others, in the wave's order.") List<String> unhealthy,
      @Meaning("One sentence for people.") String message)
      implements RunEvent {}

  @Meaning("Somebody has to agree before what comes after this wave may begin.")
  record ApprovalAsked(
      @Meaning("Number from 1.") int play,
      @Meaning("Number from 1.") int wave,
      @Meaning("What would begin: the next wave's name, or what comes after the last.") String next)
      implements RunEvent {}

  @Meaning("Somebody agreed.")
  record ApprovalGiven(
      @Meaning("Number from 1.") int play,
      @Meaning("Number from 1.") int wave,
      @Meaning("Who, `user@controller`.") String operator,
      @Meaning("What they said; may be empty.") String note)
      implements RunEvent {}

  @Meaning("Nothing of this wave is left to do.")
  record WaveEnded(
      @Meaning("Number from 1.") int play,
      @Meaning("Number from 1.") int wave,
      @Meaning("Whether the next wave may begin.") boolean passed,
      @Meaning("Why not; empty when it passed.") String message)
      implements RunEvent {}

  @Meaning("From here on no device starts; those at work go on.")
  record RunPaused(
      @Meaning("Who wants that, `user@controller`.") String operator,
      @Meaning("What they said; may be empty.") String note)
      implements RunEvent {}

  @Meaning("Devices start again.")
  record RunContinued(@Meaning("Who wants that, `user@controller`.") String operator)
      implements RunEvent {}

  @Meaning("From here on nothing begins any more; devices at work go on to their end.")
  record RunAborted(
      @Meaning("Who wants that, `user@controller`.") String operator,
      @Meaning("What they said; may be empty.") String note)
      implements RunEvent {}

  @Meaning(
      "Something of the run as a whole that does not stop it and that somebody should know. What is of one device stands in its step's `values.warnings`.")
  record RunWarned(@Meaning("One sentence for people.") String message) implements RunEvent {}

  @Meaning(
      "A step, or the run itself, used this file of the controller; once for each content it had.")
  record FileUsed(
      @Meaning("Absolute.") String path,
      @Meaning("SHA-256 of its bytes as they lie there, lower hex.") String sha256)
      implements RunEvent {}

  @Meaning("The device's first step is about to run in this play.")
  record DeviceStarted(
      @Meaning("Number from 1.") int play, @Meaning("Its name in the inventory.") String device)
      implements RunEvent {}

  @Meaning("Written before anything is asked of the device.")
  record StepStarted(
      @Meaning("Which one.") StepId step,
      @Meaning("The task's name.") String task,
      @Meaning("Such as `copy`.") String action,
      @Meaning("The task in its playbook, `file:line:column`.") String place)
      implements RunEvent {}

  @Meaning("An attempt was not good enough and another follows, which is a step of its own.")
  record StepRetried(
      @Meaning("Which one.") StepId step,
      @Meaning("The task's name.") String task,
      @Meaning("Such as `copy`.") String action,
      @Meaning("How long it took.") long millis,
      @Meaning("What the attempt said.") String message)
      implements RunEvent {}

  @Meaning("A step is over.")
  record StepEnded(
      @Meaning("Which one.") StepId step,
      @Meaning("The task's name.") String task,
      @Meaning("Such as `copy`.") String action,
      @Meaning("The task in its playbook, `file:line:column`.") String place,
      @Meaning("How it ended.") StepStatus status,
      @Meaning("Whether it changed something, or would in a check run.") boolean changed,
      @Meaning("How long it took.") long millis,
      @Meaning("One sentence for people: what changed, why it was skipped, what went wrong.")
          String message,
      @Meaning("What to do next; empty unless it failed.") String remedy,
      @Meaning("What changed, for runs with `--diff`.") List<FileDiff> diffs,
      @Meaning("Last lines of what a command printed.") String output,
      @Meaning(
              "What it came to know, by name: what `register` keeps beside outputs, cut to size. `warnings` is a list of sentences; `modules` is the parsed `iotedge list`.")
          Map<String, Object> values,
      @Meaning("What the loop item is called; empty outside a loop.") String item)
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

  @Meaning("The device goes into one section of a block.")
  record BlockEntered(
      @Meaning("Its name.") String device,
      @Meaning("Of the block.") String path,
      @Meaning("Which one.") Section section)
      implements RunEvent {}

  @Meaning("Handlers that have to run because of this step; written before the step's end is.")
  record HandlersNotified(
      @Meaning("Which one.") StepId step, @Meaning("Paths of the handlers.") List<String> handlers)
      implements RunEvent {}

  @Meaning(
      "A step was begun by a process that died, and neither the device nor the journal can tell whether it was done: the device stays where it is until the operator says so.")
  record DeviceHeld(
      @Meaning("Number from 1.") int play,
      @Meaning("Which one.") StepId step,
      @Meaning("The task's name.") String task,
      @Meaning("One sentence for people.") String message,
      @Meaning("What to do next.") String remedy)
      implements RunEvent {}

  @Meaning("The operator's word on a step in doubt.")
  record OperatorDecided(
      @Meaning("Which one.") StepId step,
      @Meaning("True: it was done, do not repeat it; false: do it again.") boolean done,
      @Meaning("Who, `user@controller`.") String operator)
      implements RunEvent {}

  @Meaning("Somebody was told over the playbook's webhook, or could not be.")
  record WebhookCalled(
      @Meaning("What they were told of: `gate`, `abort` or `end`.") String occasion,
      @Meaning("Whether they were.") boolean delivered,
      @Meaning("Why not; empty when they were.") String message)
      implements RunEvent {}

  @Meaning("The device has no more steps in this play.")
  record DeviceEnded(
      @Meaning("Number from 1.") int play,
      @Meaning("Its name.") String device,
      @Meaning("How it came out.") DeviceStatus status)
      implements RunEvent {}

  @Meaning("The process ends and the run does not: it can be resumed.")
  record RunSuspended(
      @Meaning("6 when it waits for somebody, 130 when it was interrupted.") int exitCode,
      @Meaning("What it waits for, or why it ended.") String reason)
      implements RunEvent {}

  @Meaning("The run is over and is not resumed any more.")
  record RunEnded(
      @Meaning("Of the run.") int exitCode,
      @Meaning("Why it ended early, or null when it went through.") Optional<String> reason)
      implements RunEvent {}
}
