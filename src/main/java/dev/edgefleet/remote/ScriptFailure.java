package dev.edgefleet.remote;

import dev.edgefleet.failure.Said;
import dev.edgefleet.failure.StepFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns the word a script failed with into a sentence for the operator. */
public final class ScriptFailure {
  private ScriptFailure() {}

  /** Never throws: an unknown word is reported as it is. */
  public static StepFailed of(Operation<?> operation, Map<String, String> values) {
    String detail = Said.of(values.get("detail"));
    return switch (values.getOrDefault("error", "")) {
      case "disk-full" ->
          failed(operation, "the disk is full", "free space on the device, then run again");
      case "read-only" ->
          failed(
              operation,
              "the file system is mounted read-only",
              "mount it writable, or look in the kernel's log for what made it read-only");
      case "not-permitted" ->
          failed(
              operation,
              "permission denied (" + detail + ")",
              "set become: true, or give the user the rights; lsattr shows whether it is immutable");
      case "not-a-directory" ->
          failed(
              operation, "something on the way is no directory (" + detail + ")", "check the path");
      case "name-too-long" -> failed(operation, "the name is too long", "shorten it");
      case "symlink-loop" ->
          failed(operation, "its symlinks lead in a circle", "look at it with namei -l");
      case "dangling-symlink" ->
          failed(operation, "it is a symlink to nothing", "remove the symlink or make its target");
      case "no-folder" ->
          failed(
              operation,
              "the directory is missing (" + detail + ")",
              "create it first, with a task that uses file: state=directory");
      case "busy" ->
          failed(
              operation,
              "it is in use as a mount point or by the kernel (" + detail + ")",
              "a file mounted into a container cannot be replaced: change it outside");
      case "bad-environment" ->
          failed(
              operation,
              "the device's shell refuses a variable of its environment (" + detail + ")",
              "give it another name: this one belongs to the shell");
      case "bad-path" -> failed(operation, "the path is unusable: " + detail, "check the path");
      case "refused-path" ->
          failed(operation, "that path is never removed (" + detail + ")", "name what is below it");
      case "is-file" ->
          failed(
              operation, detail + " is a file", "remove it first, or replace it with force: true");
      case "not-empty" ->
          failed(
              operation,
              "the directory holds something (" + detail + ")",
              "empty or remove it first");
      case "is-directory" ->
          failed(
              operation,
              detail + " is a directory",
              "name a file, or allow directories where offered");
      case "not-a-file" ->
          failed(operation, detail + " is a device, socket or pipe", "name a regular file");
      case "missing" -> failed(operation, "it is not there", "create it first");
      case "too-large" ->
          failed(operation, "it has " + detail + " bytes, more than allowed", "check the path");
      case "foreign-link" ->
          failed(
              operation,
              "it leads over a symlink that somebody else may have put there: " + detail,
              "name the real path; or do it as that user, with become_user; where the task has"
                  + " 'follow', follow: true follows the link whosever it is");
      case "foreign-folder" ->
          failed(
              operation,
              "what it keeps would lie where somebody else may change it: " + detail,
              "give the directory to root and take the others' right to write there away");
      case "many-names" ->
          failed(
              operation,
              "it is a file with several names (hard links), in a directory that others may change: "
                  + detail,
              "it may be somebody else's file under another name: look with ls -li, and copy it");
      case "bad-mode" ->
          failed(operation, "\"" + detail + "\" is no mode", "write up to four octal digits: 0644");
      case "not-valid" -> notValid(operation, values);
      case "no-such-user" ->
          failed(
              operation,
              "the device has no user \"" + detail + "\"",
              "check the name; the package that creates the user may not be installed yet");
      case "no-such-group" ->
          failed(
              operation,
              "the device has no group \"" + detail + "\"",
              "check the name; the package that creates the group may not be installed yet");
      case "changed-meanwhile" ->
          failed(
              operation,
              "somebody else changed it meanwhile",
              "find out who, then run again: the new content is looked at first");
      case "truncated" ->
          failed(
              operation,
              "the connection ended before everything had arrived (" + detail + ")",
              "nothing was changed; run again");
      case "damaged" ->
          failed(
              operation,
              "what arrived is not what was sent",
              "nothing was changed; run again, and check the device's memory and disk if it stays");
      case "bad-service" ->
          failed(operation, "\"" + detail + "\" is no unit name", "check the service's name");
      case "no-such-service" ->
          failed(
              operation,
              "the device has no service \"" + detail + "\"",
              "check the name with systemctl list-unit-files, or install it first");
      case "no-systemd" ->
          failed(
              operation,
              "the device does not run systemd; its process 1 is " + detail,
              "services can only be controlled on devices with systemd");
      case "no-program" ->
          failed(operation, "the device has no " + detail + " command", "install it");
      case "protocol" ->
          failed(
              operation,
              "the script did not understand what it was sent (" + detail + ")",
              "something on the device alters standard input; check the login shell's start-up files");
      case "locked" ->
          failed(
              operation,
              holder(values),
              "let it end or resume it; when it is over or given up, take the device over with"
                  + " --break-lock; its lock is "
                  + detail);
      case "fenced" ->
          failed(
              operation,
              "a later process of this run (number " + detail + ") works on the device",
              "follow that one; this process has nothing to do there any more");
      case "failed" -> failed(operation, detail, "");
      case "" ->
          failed(
              operation,
              "the device gave no reason",
              "look at the device, and at what it runs as sh");
      case String other ->
          failed(
              operation,
              Said.of(other) + " " + detail,
              "no script of edgefleet's fails with such a word: look at the device, and at what it"
                  + " runs as sh");
    };
  }

  private static StepFailed notValid(Operation<?> operation, Map<String, String> values) {
    String code = values.getOrDefault("valid_code", "");
    String why =
        values.containsKey("valid_late")
            ? "its validate command was not over in time"
            : code.equals("127")
                ? "the device cannot find the program of its validate command"
                : "its validate command does not accept the new content (exit code " + code + ")";
    String output = values.getOrDefault("valid_output", "").strip();
    return new StepFailed(
        "could not "
            + operation.purpose()
            + ": "
            + why
            + (output.isEmpty() ? "" : ": " + Said.of(output)),
        "nothing was changed; correct the content, or validate",
        code.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(code)) : OptionalInt.empty(),
        output);
  }

  private static String holder(Map<String, String> values) {
    String run = values.get("holder_run");
    if (run == null) {
      return "an unknown run holds this device: its lock is damaged";
    }
    return "another run holds this device: "
        + run
        + " ("
        + values.getOrDefault("holder_operator", "?")
        + age(values).map(age -> ", for " + age).orElse("")
        + ")";
  }

  // Both by the device's own clock, which need not be the controller's.
  private static Optional<String> age(Map<String, String> values) {
    try {
      Duration age =
          Duration.between(
              Instant.parse(values.getOrDefault("holder_since", "")),
              Instant.parse(values.getOrDefault("device_time", "")));
      return Optional.of(
          age.toHours() >= 48
              ? age.toDays() + " days"
              : age.toMinutes() >= 120
                  ? age.toHours() + " hours"
                  : age.toSeconds() >= 120
                      ? age.toMinutes() + " minutes"
                      : Math.max(0, age.toSeconds()) + " seconds");
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static StepFailed failed(Operation<?> operation, String why, String remedy) {
    return new StepFailed("could not " + operation.purpose() + ": " + why, remedy);
  }
}
