package dev.edgefleet.action;

import java.util.List;
import java.util.Map;

/**
 * How an action ended when it did not fail.
 *
 * @param status what to count it as
 * @param message one sentence for people
 * @param values what {@code register} stores
 * @param changes old and new text of files, for {@code --diff}
 * @param output what a command printed, whole; the journal keeps its tail
 */
public record Outcome(
    Status status,
    String message,
    Map<String, Object> values,
    List<FileChange> changes,
    String output) {
  /** What to count an outcome as. */
  public enum Status {
    OK,
    CHANGED,
    SKIPPED
  }

  /** A file's text before and after. */
  public record FileChange(String path, String before, String after) {}

  public static Outcome ok(String message) {
    return new Outcome(Status.OK, message, Map.of(), List.of(), "");
  }

  public static Outcome changed(String message) {
    return new Outcome(Status.CHANGED, message, Map.of(), List.of(), "");
  }

  public static Outcome skipped(String message) {
    return new Outcome(Status.SKIPPED, message, Map.of(), List.of(), "");
  }

  public Outcome withValues(Map<String, Object> more) {
    return new Outcome(status, message, more, changes, output);
  }

  public Outcome withChanges(List<FileChange> made) {
    return new Outcome(status, message, values, made, output);
  }

  public Outcome withOutput(String text) {
    return new Outcome(status, message, values, changes, text);
  }
}
