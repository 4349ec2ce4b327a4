package dev.edgefleet.engine.resume;

import dev.edgefleet.engine.step.TaskRunner;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.PlayFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.resume.ResumeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What processes before this one did in the same run: its journal's fold and its store. */
public final class RecordedRun {
  private final RunFold run;
  private final Map<String, List<ResumeStep>> results = new HashMap<>();
  private final Map<String, List<ResumeDevice>> kept = new HashMap<>();
  private final Map<String, RecordedDevice> devices = new HashMap<>();

  private RecordedRun(RunFold run) {
    this.run = run;
  }

  /** Of a run that has just begun. */
  public static RecordedRun none() {
    return new RecordedRun(RunFold.whole());
  }

  /**
   * @param run with its steps
   * @param kept what was kept, in the order in which it was
   */
  public static RecordedRun of(RunFold run, List<ResumeRecord> kept) {
    RecordedRun history = new RecordedRun(run);
    kept.forEach(history::add);
    run.devices().forEach(device -> history.look(device.name()));
    return history;
  }

  private void add(ResumeRecord record) {
    Map<String, @Nullable Object> map = ResumeText.read(record.text());
    if (map.containsKey("path")) {
      results.computeIfAbsent(record.device(), _ -> new ArrayList<>()).add(ResumeStep.of(map));
    } else {
      kept.computeIfAbsent(record.device(), _ -> new ArrayList<>()).add(ResumeDevice.of(map));
    }
  }

  private void look(String device) {
    devices.put(
        device,
        new RecordedDevice(
            run.device(device),
            results.getOrDefault(device, List.of()),
            kept.getOrDefault(device, List.of())));
  }

  /** Takes in what the operator says of steps in doubt. */
  public void decide(List<RunEvent.OperatorDecided> words) {
    for (RunEvent.OperatorDecided word : words) {
      run.decided(word, Instant.now());
      look(word.step().device());
    }
  }

  /** How many processes have worked on the run. */
  public int processes() {
    return run.processes().isEmpty() ? 0 : run.processes().getLast().process();
  }

  /** Whether it has come to its end. */
  public boolean isOver() {
    return run.ended().isPresent();
  }

  /** Files of the controller that steps used, with the hash of what they last held. */
  public Map<String, String> files() {
    return run.files();
  }

  /** Whether a play was begun: by then the files that the run was made from are all known. */
  public boolean hasBegun() {
    return !run.plays().isEmpty();
  }

  /** Steps that wait for the operator's word, one a device. */
  public List<RunEvent.DeviceHeld> held() {
    return run.held();
  }

  public RecordedDevice device(String name) {
    return devices.getOrDefault(name, new RecordedDevice(Optional.empty(), List.of(), List.of()));
  }

  public Optional<PlayFold> play(int number) {
    return run.play(number);
  }

  /**
   * The device that did a {@code run_once} task for these; of a loop it is known by its first item.
   */
  public Optional<String> doer(String path, Set<String> among) {
    return run.devices().stream()
        .map(DeviceFold::name)
        .filter(among::contains)
        .filter(
            name ->
                device(name)
                    .step(path, "")
                    .or(() -> device(name).step(path, "0"))
                    .filter(
                        step -> step.begun() || step.ended().filter(RecordedRun::own).isPresent())
                    .isPresent())
        .sorted()
        .findFirst();
  }

  private static boolean own(RunEvent.StepEnded ended) {
    return !ended.values().containsKey(TaskRunner.DONE_BY);
  }
}
