package dev.edgefleet.engine.resume;

import dev.edgefleet.engine.step.TaskRunner;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.resume.ResumeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What processes before this one did in the same run: made from its journal and its store. */
public final class RecordedRun {
  private final Map<String, RecordedDevice> devices = new HashMap<>();
  private final TreeMap<Integer, RecordedPlay> plays = new TreeMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<HeldStep> held = new ArrayList<>();
  private int processes;
  private boolean over;

  /**
   * A step in doubt that waits for the operator's word.
   *
   * @param event as it was recorded last
   */
  public record HeldStep(RunEvent.DeviceHeld event) {
    public String device() {
      return event.step().device();
    }
  }

  private RecordedRun() {}

  /** Of a run that has just begun. */
  public static RecordedRun none() {
    return new RecordedRun();
  }

  /**
   * @param entries the journal from its first record
   * @param kept what was kept, in the order in which it was
   */
  public static RecordedRun of(Stream<JournalEntry> entries, List<ResumeRecord> kept) {
    RecordedRun history = new RecordedRun();
    entries.forEachOrdered(history::add);
    kept.forEach(history::add);
    return history;
  }

  /** Takes in what the operator says of steps in doubt. */
  public void decide(List<RunEvent.OperatorDecided> words) {
    for (RunEvent.OperatorDecided word : words) {
      past(word.step().device()).add(word);
      forget(word.step().device());
    }
  }

  /** How many processes have worked on the run. */
  public int processes() {
    return processes;
  }

  /** Whether it has come to its end. */
  public boolean isOver() {
    return over;
  }

  /** Files of the controller that steps used, with the hash of what they last held. */
  public Map<String, String> files() {
    return files;
  }

  /** Whether a play was begun: by then the files that the run was made from are all known. */
  public boolean hasBegun() {
    return !plays.isEmpty();
  }

  /** Steps that wait for the operator's word, one a device. */
  public List<HeldStep> held() {
    return List.copyOf(held);
  }

  public RecordedDevice device(String name) {
    return devices.getOrDefault(name, new RecordedDevice());
  }

  public Optional<RecordedPlay> play(int number) {
    return Optional.ofNullable(plays.get(number));
  }

  /**
   * The device that did a {@code run_once} task for these; of a loop it is known by its first item.
   */
  public Optional<String> doer(String path, Set<String> among) {
    return devices.entrySet().stream()
        .filter(device -> among.contains(device.getKey()))
        .filter(
            device ->
                device
                    .getValue()
                    .step(path, "")
                    .or(() -> device.getValue().step(path, "0"))
                    .filter(
                        step -> step.begun() || step.ended().filter(RecordedRun::own).isPresent())
                    .isPresent())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private static boolean own(RunEvent.StepEnded ended) {
    return !ended.values().containsKey(TaskRunner.DONE_BY);
  }

  private void add(JournalEntry entry) {
    switch (entry.event()) {
      case RunEvent.RunStarted ignored -> processes = 1;
      case RunEvent.RunResumed resumed -> processes = resumed.process();
      case RunEvent.PlayStarted play -> plays.put(play.play(), new RecordedPlay(play.devices()));
      case RunEvent.WaveStarted wave -> of(wave.play()).add(entry);
      case RunEvent.SoakStarted soak -> of(soak.play()).add(entry);
      case RunEvent.SoakEnded soak -> of(soak.play()).add(entry);
      case RunEvent.GateChecked gate -> of(gate.play()).add(entry);
      case RunEvent.ApprovalAsked asked -> of(asked.play()).add(entry);
      case RunEvent.ApprovalGiven given -> of(given.play()).add(entry);
      case RunEvent.WaveEnded wave -> of(wave.play()).add(entry);
      case RunEvent.RunPaused ignored -> latest().add(entry);
      case RunEvent.RunContinued ignored -> latest().add(entry);
      case RunEvent.RunAborted ignored -> latest().add(entry);
      case RunEvent.FileUsed file -> files.put(file.path(), file.sha256());
      case RunEvent.BlockEntered block -> past(block.device()).add(block);
      case RunEvent.HandlersNotified notified -> past(notified.step().device()).add(notified);
      case RunEvent.DeviceHeld device -> {
        forget(device.step().device());
        held.add(new HeldStep(device));
      }
      case RunEvent.OperatorDecided word -> decide(List.of(word));
      case RunEvent.DeviceStarted device -> past(device.device()).add(device);
      case RunEvent.StepStarted step -> past(step.step().device()).add(step);
      case RunEvent.StepRetried step -> past(step.step().device()).add(step);
      case RunEvent.StepEnded step -> past(step.step().device()).add(step);
      case RunEvent.DeviceEnded device -> {
        past(device.device()).add(device);
        of(device.play()).add(entry);
      }
      case RunEvent.WebhookCalled ignored -> {}
      case RunEvent.RunSuspended ignored -> {}
      case RunEvent.RunEnded ignored -> over = true;
    }
  }

  private void add(ResumeRecord kept) {
    Map<String, @Nullable Object> map = ResumeText.read(kept.text());
    if (map.containsKey("path")) {
      past(kept.device()).add(ResumeStep.of(map));
    } else {
      past(kept.device()).add(ResumeDevice.of(map));
    }
  }

  private void forget(String device) {
    held.removeIf(step -> step.event().step().device().equals(device));
  }

  private RecordedDevice past(String device) {
    return devices.computeIfAbsent(device, name -> new RecordedDevice());
  }

  private RecordedPlay of(int play) {
    return plays.computeIfAbsent(play, number -> new RecordedPlay(List.of()));
  }

  private RecordedPlay latest() {
    return of(plays.isEmpty() ? 1 : plays.lastKey());
  }
}
