package dev.edgefleet.engine;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.playbook.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the journal gets to know of a step: masked, and next to nothing under {@code no_log}. */
final class StepRecord {
  private static final String HIDDEN = "hidden by no_log";

  private final DeviceSession session;
  private final String path;
  private final String name;
  private final Optional<String> label;
  private final String item;
  private final boolean hidden;
  private int attempt = 0;
  private long startedNanos = System.nanoTime();

  /**
   * @param path of the step, which is its task's unless a handler runs again
   * @param name the task's, evaluated
   * @param label what to show of the loop item
   */
  StepRecord(
      DeviceSession session,
      String path,
      String name,
      Optional<LoopItem> item,
      Optional<String> label,
      boolean hidden) {
    this.session = session;
    this.path = path;
    this.name = session.text().redacted(name);
    this.hidden = hidden;
    this.label = label.map(text -> hidden ? HIDDEN : session.text().line(text));
    this.item = item.map(this::itemId).orElse("");
  }

  // A hash of what is hidden would tell whether a guess at it is right.
  private String itemId(LoopItem item) {
    String text = session.text().redacted(String.valueOf(item.value()));
    return hidden ? String.valueOf(item.index()) : item.index() + "-" + shortHash(text);
  }

  private static String shortHash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  StepId id() {
    return new StepId(session.request().run(), session.device(), path, item, Math.max(attempt, 1));
  }

  /** The next attempt is about to be made. */
  void started(Task task) {
    attempt++;
    startedNanos = System.nanoTime();
    session
        .services()
        .journal()
        .append(new RunEvent.StepStarted(id(), name, task.action(), task.place().toString()));
  }

  void retried(Task task, Ended ended) {
    session
        .services()
        .journal()
        .append(
            new RunEvent.StepRetried(
                id(),
                name,
                task.action(),
                millis(),
                hidden ? HIDDEN : session.text().redacted(ended.outcome().message())));
  }

  /**
   * @param status as it counts, {@code ignore_errors} and {@code rescue} looked at
   */
  void ended(Task task, StepStatus status, Ended ended) {
    Text text = session.text();
    boolean changed = status == StepStatus.CHANGED;
    session
        .services()
        .journal()
        .append(
            new RunEvent.StepEnded(
                id(),
                name,
                task.action(),
                task.place().toString(),
                status,
                changed,
                millis(),
                hidden ? HIDDEN : text.redacted(ended.outcome().message()),
                remedy(text, ended),
                hidden ? List.of() : ended.outcome().changes().stream().map(text::diff).toList(),
                hidden ? "" : text.tail(ended.outcome().output()),
                hidden ? Map.<String, @Nullable Object>of() : reported(text, ended),
                label.orElse("")));
  }

  private String remedy(Text text, Ended ended) {
    if (hidden) {
      return ended.failed() ? "take no_log off to see why, where nobody else can look" : "";
    }
    return text.redacted(ended.outcome().remedy());
  }

  private static Map<String, @Nullable Object> reported(Text text, Ended ended) {
    return text.redacted(ended.outcome().reported());
  }

  private long millis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }
}
