package dev.edgefleet.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an action ended when it did not fail.
 *
 * @param status what to count it as
 * @param message one sentence for people
 * @param values what {@code register} keeps beside how the step went
 * @param reported the small part of it that belongs into the report
 * @param changes old and new text of files, for {@code --diff}
 * @param output what a command printed, whole; the journal keeps its tail
 */
public record Outcome(
    Status status,
    String message,
    Map<String, @Nullable Object> values,
    Map<String, @Nullable Object> reported,
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
    return of(Status.OK, message);
  }

  public static Outcome changed(String message) {
    return of(Status.CHANGED, message);
  }

  public static Outcome skipped(String message) {
    return of(Status.SKIPPED, message);
  }

  /** Changed when anything was done, with what was done as the message. */
  public static Outcome of(List<String> done, String nothing) {
    return done.isEmpty() ? ok(nothing) : changed(String.join(", ", done));
  }

  private static Outcome of(Status status, String message) {
    return new Outcome(status, message, Map.of(), Map.of(), List.of(), "");
  }

  public Outcome withValues(Map<String, ? extends @Nullable Object> kept) {
    return new Outcome(status, message, copy(kept), reported, changes, output);
  }

  public Outcome withReported(Map<String, ? extends @Nullable Object> shown) {
    return new Outcome(status, message, values, copy(shown), changes, output);
  }

  public Outcome withChanges(List<FileChange> made) {
    return new Outcome(status, message, values, reported, made, output);
  }

  public Outcome withOutput(String text) {
    return new Outcome(status, message, values, reported, changes, text);
  }

  // Values may be null, which Map.copyOf does not take.
  private static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable Object>(map));
  }
}
