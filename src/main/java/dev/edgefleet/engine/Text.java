package dev.edgefleet.engine;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.journal.FileDiff;
import dev.edgefleet.secret.Redactor;
import java.util.List;

/** What of a device's text goes into the journal: redacted, and no more than a screenful. */
record Text(Redactor redactor) {
  private static final int TAIL_LINES = 40;
  private static final int TAIL_CHARACTERS = 8_000;
  private static final int CONTEXT_LINES = 3;

  String redacted(String text) {
    return redactor.redact(text);
  }

  /** The last lines of an output. */
  String tail(String output) {
    List<String> lines = redactor.redact(output).stripTrailing().lines().toList();
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
    List<String> before = redactor.redact(change.before()).lines().toList();
    List<String> after = redactor.redact(change.after()).lines().toList();
    Patch<String> patch = DiffUtils.diff(before, after);
    List<String> unified =
        UnifiedDiffUtils.generateUnifiedDiff(
            change.path(), change.path(), before, patch, CONTEXT_LINES);
    return new FileDiff(change.path(), unified.isEmpty() ? "" : String.join("\n", unified) + "\n");
  }
}
