package dev.edgefleet.engine.step;

import dev.edgefleet.engine.resume.RecordedStep;
import dev.edgefleet.engine.resume.ResumeStep;
import dev.edgefleet.engine.resume.ResumeText;
import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.io.Hash;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.resume.ResumeRecord;
import dev.edgefleet.playbook.Task;
import java.util.LinkedHashMap;
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
  private final Optional<RecordedStep> past;
  private int attempt;
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
    String now = item.map(this::itemId).orElse("");
    this.past = session.past().step(path, now);
    // What is masked in an item may be more than it was: the step is the same all the same.
    this.item = past.map(RecordedStep::item).orElse(now);
    this.attempt = past.map(RecordedStep::tried).orElse(0);
  }

  /** What a process before this one did of it. */
  Optional<RecordedStep> past() {
    return past;
  }

  /** How many attempts were made before this process. */
  int tried() {
    return past.map(RecordedStep::tried).orElse(0);
  }

  // A hash of what is hidden would tell whether a guess at it is right.
  private String itemId(LoopItem item) {
    String text = session.text().redacted(String.valueOf(item.value()));
    return hidden ? String.valueOf(item.index()) : item.index() + "-" + shortHash(text);
  }

  private static String shortHash(String text) {
    return Hash.sha256Hex(text).substring(0, 8);
  }

  StepId id() {
    return new StepId(session.request().run(), session.device(), path, item, Math.max(attempt, 1));
  }

  /** The same for every attempt. */
  String place() {
    return path + "/" + item;
  }

  /** The attempt that a process before this one began is the one that is told of now. */
  void takeUp() {
    attempt++;
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

  void retried(Task task, AttemptResult ended) {
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

  /** Handlers that have to run because of it. */
  void notified(List<String> handlers) {
    if (!handlers.isEmpty()) {
      session.services().journal().append(new RunEvent.HandlersNotified(id(), handlers));
    }
  }

  /** Nobody knows whether it was done, and the operator has to say. */
  void held(Task task) {
    session
        .services()
        .journal()
        .append(
            new RunEvent.DeviceHeld(
                session.play().number(),
                new StepId(
                    session.request().run(),
                    session.device(),
                    path,
                    item,
                    Math.max(tried() + 1, 1)),
                name,
                "'"
                    + name
                    + "' was begun before the run was cut off, and nobody knows whether it was done",
                "look at the device, then: "
                    + session.request().command("resume")
                    + " --done "
                    + session.device()
                    + ", or --repeat "
                    + session.device()));
  }

  /**
   * @param status as it counts, {@code ignore_errors} and {@code rescue} looked at
   * @param doneBy who did it for all, when that was another device
   */
  void ended(Task task, StepStatus status, AttemptResult ended, Optional<String> doneBy) {
    RunEvent.StepEnded event = event(task, status, ended, doneBy);
    Optional<ResumeRecord> kept = kept(task, ended);
    if (kept.isPresent()) {
      session.services().journal().append(event, kept.get());
    } else {
      session.services().journal().append(event);
    }
  }

  /** Only what something can ask for later; most steps need nothing kept. */
  private Optional<ResumeRecord> kept(Task task, AttemptResult ended) {
    List<String> secrets =
        session.state().newSecrets().stream().map(dev.edgefleet.secret.Secret::reveal).toList();
    boolean asked =
        task.register().isPresent()
            || task.keywords().runOnce()
            || ended.failed()
            || !secrets.isEmpty()
            || !ended.outcome().facts().isEmpty()
            || !ended.outcome().variables().isEmpty()
            || !ended.outcome().included().isEmpty();
    return asked
        ? Optional.of(
            new ResumeRecord(
                session.device(),
                ResumeText.write(
                    new ResumeStep(
                            path,
                            item,
                            ended.status(),
                            ended.value(),
                            ended.outcome().facts(),
                            ended.outcome().variables(),
                            ended.outcome().included(),
                            secrets)
                        .asMap())))
        : Optional.empty();
  }

  private RunEvent.StepEnded event(
      Task task, StepStatus status, AttemptResult ended, Optional<String> doneBy) {
    JournalText text = session.text();
    boolean changed = status == StepStatus.CHANGED;
    Map<String, @Nullable Object> values =
        new LinkedHashMap<>(
            hidden ? Map.<String, @Nullable Object>of() : RecordedValues.of(ended.outcome(), text));
    doneBy.ifPresent(device -> values.put(TaskRunner.DONE_BY, device));
    return new RunEvent.StepEnded(
        id(),
        name,
        task.action(),
        task.place().toString(),
        status,
        changed,
        millis(),
        hidden ? HIDDEN : message(task, text.redacted(ended.outcome().message()), changed),
        remedy(text, ended),
        hidden ? List.of() : ended.outcome().changes().stream().map(text::diff).toList(),
        hidden ? "" : text.tail(ended.outcome().output()),
        values,
        label.orElse(""));
  }

  private String message(Task task, String said, boolean changed) {
    boolean check = task.keywords().checkMode().orElse(session.request().check());
    return check && changed ? CheckRunText.of(said) : said;
  }

  private String remedy(JournalText text, AttemptResult ended) {
    if (hidden) {
      return ended.failed() ? "take no_log off to see why, where nobody else can look" : "";
    }
    return text.redacted(ended.outcome().remedy());
  }

  private long millis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }
}
