package dev.edgefleet.engine.resume;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.playbook.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What processes before this one did on one device. */
public final class RecordedDevice {
  private final Map<String, RecordedStep> steps = new HashMap<>();
  private final Map<Integer, DeviceStatus> ended = new HashMap<>();
  private final Set<Integer> started = new HashSet<>();
  private final Set<String> sections = new HashSet<>();
  private final List<ResumeDevice> kept = new ArrayList<>();
  private String lastFailure = "";

  // The index alone: what is masked in an item, and so its hash, may be more than it was.
  private static String key(String path, String item) {
    return path + " " + item.split("-", 2)[0];
  }

  /** A step that was begun or ended before; an item of a loop is known by its index. */
  public Optional<RecordedStep> step(String path, String item) {
    return Optional.ofNullable(steps.get(key(path, item)));
  }

  /** Whether it came past a task: one of a loop, which has one index, is over by its first item. */
  public boolean isOver(Task task, String path) {
    return step(path, task.loop().isPresent() ? "0" : "")
        .or(() -> step(path, ""))
        .filter(step -> step.ended().isPresent())
        .isPresent();
  }

  public boolean hasStarted(int play) {
    return started.contains(play);
  }

  public boolean hasEntered(String path, RunEvent.Section section) {
    return sections.contains(path + " " + section);
  }

  Optional<DeviceStatus> ended(int play) {
    return Optional.ofNullable(ended.get(play));
  }

  /** Path of the step that failed last; empty when none did. */
  String lastFailure() {
    return lastFailure;
  }

  /** What was kept of it at the ends of plays, oldest first. */
  List<ResumeDevice> kept() {
    return kept;
  }

  void add(RunEvent.DeviceStarted event) {
    started.add(event.play());
  }

  void add(RunEvent.DeviceEnded event) {
    ended.put(event.play(), event.status());
  }

  void add(RunEvent.BlockEntered event) {
    sections.add(event.path() + " " + event.section());
  }

  void add(RunEvent.StepStarted event) {
    set(event.step(), of(event.step()).withBegun());
  }

  void add(RunEvent.StepRetried event) {
    set(event.step(), of(event.step()).withTried(event.step().attempt()));
  }

  void add(RunEvent.HandlersNotified event) {
    set(event.step(), of(event.step()).withNotified(event.handlers()));
  }

  void add(RunEvent.OperatorDecided event) {
    set(event.step(), of(event.step()).withWord(event.done()));
  }

  void add(RunEvent.StepEnded event) {
    set(event.step(), of(event.step()).withEnded(event));
    if (event.status().isFailure() || event.status() == StepStatus.RESCUED) {
      lastFailure = event.step().path();
    }
  }

  void add(ResumeDevice device) {
    kept.add(device);
  }

  void add(ResumeStep step) {
    steps.computeIfPresent(key(step.path(), step.item()), (key, known) -> known.withKept(step));
  }

  private RecordedStep of(StepId id) {
    return step(id.path(), id.item()).orElseGet(() -> RecordedStep.first(id.item()));
  }

  private void set(StepId id, RecordedStep step) {
    steps.put(key(id.path(), id.item()), step);
  }
}
