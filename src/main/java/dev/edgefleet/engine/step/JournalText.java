package dev.edgefleet.engine.step;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.journal.FileDiff;
import dev.edgefleet.secret.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a device's text goes into the journal: redacted, and no more than a screenful. */
public record JournalText(Redactor redactor) {
  private static final int TAIL_LINES = 40;
  private static final int TAIL_CHARACTERS = 8_000;
  private static final int REDACTED_CHARACTERS = 200_000;
  private static final int LINE_CHARACTERS = 100;
  private static final int CONTEXT_LINES = 3;

  // All of C0 and C1 but tab and line feed; a carriage return only where it does not end a line.
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]|\\r(?!\\n)");

  /** Masked, and safe to print: a device must not be able to move the operator's cursor. */
  public String redacted(String text) {
    return CONTROL.matcher(redactor.redact(text)).replaceAll(JournalText::visible);
  }

  /** As {@link #redacted(String)}, on one line of no more than a line's length. */
  String line(String text) {
    String line = redacted(text).strip().replaceAll("\\s+", " ");
    return line.length() > LINE_CHARACTERS ? line.substring(0, LINE_CHARACTERS - 1) + "…" : line;
  }

  /**
   * What went wrong in edgefleet itself, for its log: its message may hold what a task was given.
   */
  public Throwable redacted(Throwable ours) {
    IllegalStateException masked =
        new IllegalStateException(
            ours.getClass().getName() + ": " + redacted(String.valueOf(ours.getMessage())));
    masked.setStackTrace(ours.getStackTrace());
    return masked;
  }

  /** Every text in a result, however deep. */
  Map<String, @Nullable Object> redacted(Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    values.forEach((name, value) -> result.put(name, redactedValue(value)));
    return result;
  }

  private @Nullable Object redactedValue(@Nullable Object value) {
    return switch (value) {
      case String text -> redacted(text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((name, item) -> result.put(redacted(name.toString()), redactedValue(item)));
        yield result;
      }
      case List<?> items -> {
        List<@Nullable Object> result = new ArrayList<>(items.size());
        items.forEach(item -> result.add(redactedValue(item)));
        yield result;
      }
      case null -> null;
      default -> value;
    };
  }

  /** The text, or of a long one the first part; longer than what anybody keeps of it. */
  String start(String text) {
    // A secret that the cut goes through is gone with the rest.
    return redacted(
        text.length() > REDACTED_CHARACTERS ? text.substring(0, REDACTED_CHARACTERS) : text);
  }

  /** The last lines of an output. */
  String tail(String output) {
    // Far more than is kept: a secret that the cut goes through is gone with the rest.
    String end =
        output.length() > REDACTED_CHARACTERS
            ? output.substring(output.length() - REDACTED_CHARACTERS)
            : output;
    List<String> lines = redacted(end).stripTrailing().lines().toList();
    String tail =
        String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    return tail.length() > TAIL_CHARACTERS
        ? "…" + tail.substring(tail.length() - TAIL_CHARACTERS)
        : tail;
  }

  /** Masked before it is compared: a secret's lines must not come through as a difference. */
  FileDiff diff(Outcome.FileChange change) {
    if (change.before().indexOf(0) >= 0 || change.after().indexOf(0) >= 0) {
      return new FileDiff(change.path(), "binary files differ\n");
    }
    List<String> before = redacted(change.before()).lines().toList();
    List<String> after = redacted(change.after()).lines().toList();
    Patch<String> patch = DiffUtils.diff(before, after);
    List<String> unified =
        UnifiedDiffUtils.generateUnifiedDiff(
            change.path(), change.path(), before, patch, CONTEXT_LINES);
    return new FileDiff(change.path(), unified.isEmpty() ? "" : String.join("\n", unified) + "\n");
  }

  private static String visible(MatchResult control) {
    return Matcher.quoteReplacement(
        String.format(Locale.ROOT, "\\x%02x", (int) control.group().charAt(0)));
  }
}
