package dev.edgefleet.engine.resume;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.PartFold;
import dev.edgefleet.journal.fold.StepFold;
import dev.edgefleet.playbook.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What processes before this one did on one device. */
public final class RecordedDevice {
  private final Optional<DeviceFold> recorded;
  private final Map<String, RecordedStep> steps = new HashMap<>();
  private final List<ResumeDevice> kept;

  /**
   * @param recorded with its steps; empty when the journal does not know the device
   * @param results what was kept of its steps, oldest first
   * @param kept what was kept of it at the ends of plays, oldest first
   */
  RecordedDevice(Optional<DeviceFold> recorded, List<ResumeStep> results, List<ResumeDevice> kept) {
    this.recorded = recorded;
    this.kept = List.copyOf(kept);
    Map<String, ResumeStep> byKey = new HashMap<>();
    results.forEach(result -> byKey.put(key(result.path(), result.item()), result));
    Map<String, List<StepFold>> attempts = new HashMap<>();
    for (StepFold step : recorded.map(DeviceFold::steps).orElse(List.of())) {
      String key = key(step.id().path(), step.id().item());
      attempts.computeIfAbsent(key, _ -> new ArrayList<>()).add(step);
    }
    attempts.forEach(
        (key, all) -> steps.put(key, RecordedStep.of(all, Optional.ofNullable(byKey.get(key)))));
  }

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
    return recorded.flatMap(device -> device.part(play)).flatMap(PartFold::started).isPresent();
  }

  public boolean hasEntered(String path, RunEvent.Section section) {
    return recorded.filter(device -> device.hasEntered(path, section)).isPresent();
  }

  /** Path of the step that failed last; empty when none did. */
  String lastFailure() {
    return recorded.map(DeviceFold::lastFailure).orElse("");
  }

  /** What was kept of it at the ends of plays, oldest first. */
  List<ResumeDevice> kept() {
    return kept;
  }
}
