package dev.edgefleet.action;

import dev.edgefleet.text.TextLines;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an action ended. One that cannot even begin, or whose end is unknown, throws a {@code
 * Failure} instead.
 *
 * @param status what to count it as
 * @param message one sentence for people
 * @param remedy what to do next; empty unless it failed
 * @param values what {@code register} keeps beside how the step went
 * @param reported the small part of it that belongs into the report
 * @param changes old and new text of files, for {@code --diff}
 * @param output what a command printed, whole; the journal keeps its tail
 * @param facts what is known of the device from now on: {@code ansible_facts} by name
 * @param variables what the device's variables are from now on, as {@code set_fact} sets them
 * @param included variables from files: weaker than those, and their values may hold Jinja
 */
public record Outcome(
    Status status,
    String message,
    String remedy,
    Map<String, @Nullable Object> values,
    Map<String, @Nullable Object> reported,
    List<FileChange> changes,
    String output,
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> variables,
    Map<String, @Nullable Object> included) {
  /** What to count an outcome as. */
  public enum Status {
    OK,
    CHANGED,
    SKIPPED,
    /** It did what it was asked for, and that did not come out well: a command's exit code. */
    FAILED
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

  /**
   * @param remedy what to do next
   */
  public static Outcome failed(String message, String remedy) {
    return new Outcome(
        Status.FAILED,
        message,
        remedy,
        Map.of(),
        Map.of(),
        List.of(),
        "",
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** Changed when anything was done, with what was done as the message. */
  public static Outcome of(List<String> done, String nothing) {
    return done.isEmpty() ? ok(nothing) : changed(String.join(", ", done));
  }

  private static Outcome of(Status status, String message) {
    return new Outcome(
        status, message, "", Map.of(), Map.of(), List.of(), "", Map.of(), Map.of(), Map.of());
  }

  public Outcome withMessage(String text) {
    return new Outcome(
        status, text, remedy, values, reported, changes, output, facts, variables, included);
  }

  public Outcome withValues(Map<String, ? extends @Nullable Object> kept) {
    return new Outcome(
        status, message, remedy, copy(kept), reported, changes, output, facts, variables, included);
  }

  public Outcome withReported(Map<String, ? extends @Nullable Object> shown) {
    return new Outcome(
        status, message, remedy, values, copy(shown), changes, output, facts, variables, included);
  }

  public Outcome withChanges(List<FileChange> made) {
    return new Outcome(
        status, message, remedy, values, reported, made, output, facts, variables, included);
  }

  public Outcome withOutput(String text) {
    return new Outcome(
        status, message, remedy, values, reported, changes, text, facts, variables, included);
  }

  public Outcome withFacts(Map<String, ? extends @Nullable Object> known) {
    return new Outcome(
        status,
        message,
        remedy,
        values,
        reported,
        changes,
        output,
        copy(known),
        variables,
        included);
  }

  public Outcome withVariables(Map<String, ? extends @Nullable Object> set) {
    return new Outcome(
        status, message, remedy, values, reported, changes, output, facts, copy(set), included);
  }

  public Outcome withIncluded(Map<String, ? extends @Nullable Object> read) {
    return new Outcome(
        status, message, remedy, values, reported, changes, output, facts, variables, copy(read));
  }

  // Values may be null, which Map.copyOf does not take.
  private static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable Object>(map));
  }

  /** Characters of text in what a run keeps of it. */
  public long textSize() {
    return size(values) + size(facts);
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case CharSequence text -> text.length();
      // It shows a text that stands beside it.
      case TextLines lines -> 0;
      case Map<?, ?> map ->
          map.keySet().stream().mapToLong(Outcome::size).sum()
              + map.values().stream().mapToLong(Outcome::size).sum();
      case List<?> list -> list.stream().mapToLong(Outcome::size).sum();
      case null, default -> 0;
    };
  }
}
