package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunEvent.ApprovalAsked;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.GateChecked;
import dev.edgefleet.journal.RunEvent.OperatorDecided;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunPaused;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.RunSuspended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as far as its journal has been read. Whoever wants to know something of a run, while it
 * goes on or later, asks this; nothing else adds events up. Not for several threads at once.
 */
public final class RunFold {
  private final boolean keepsSteps;
  private final SortedMap<Integer, PlayFold> plays = new TreeMap<>();
  private final List<WaveFold> waves = new ArrayList<>();
  private final Map<String, DeviceFold> devices = new LinkedHashMap<>();
  private final SequencedMap<String, CurrentStep> working = new LinkedHashMap<>();
  private final SequencedMap<String, DeviceHeld> held = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<ProcessRecord> processes = new ArrayList<>();
  private final List<PauseRecord> pauses = new ArrayList<>();
  private final List<WebhookRecord> webhooks = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final List<RunEvent> beforeAnyPlay = new ArrayList<>();
  private final RunningFailures failures = new RunningFailures();
  private final Throughput throughput = new Throughput();
  private @Nullable Instant began;
  private @Nullable JournalEntry last;
  private @Nullable RunStarted run;
  private @Nullable RunPaused paused;
  private @Nullable ApprovalAsked approval;
  private @Nullable RunSuspended suspended;
  private @Nullable RunEnded ended;
  private @Nullable Instant endedAt;
  private boolean aborted;

  private RunFold(boolean keepsSteps) {
    this.keepsSteps = keepsSteps;
  }

  /** Keeps every step of every device. */
  public static RunFold whole() {
    return new RunFold(true);
  }

  /**
   * Keeps of a device what it is at and how many steps it has behind it, so that it stays small.
   */
  public static RunFold counting() {
    return new RunFold(false);
  }

  public void add(JournalEntry entry) {
    Instant at = entry.at();
    last = entry;
    if (began == null) {
      began = at;
    }
    switch (entry.event()) {
      case RunStarted event -> {
        run = event;
        processes.add(
            ProcessRecord.begun(1, event.operator(), event.command(), event.version(), at));
        event.devices().forEach(this::changed);
      }
      case RunEvent.RunResumed event -> {
        processes.add(
            ProcessRecord.begun(
                event.process(), event.operator(), event.command(), event.version(), at));
        resumed(at);
      }
      case RunPaused event -> {
        paused = event;
        pauses.add(new PauseRecord(event.operator(), event.note(), at, Optional.empty(), ""));
        told(event);
      }
      case RunEvent.RunContinued event -> {
        paused = null;
        if (!pauses.isEmpty() && pauses.getLast().ended().isEmpty()) {
          pauses.addLast(pauses.removeLast().ended(at, event.operator()));
        }
        throughput.begins(at);
        told(event);
      }
      case RunEvent.RunAborted event -> {
        aborted = true;
        told(event);
      }
      case RunEvent.RunWarned event -> warnings.add(event.message());
      case RunEvent.FileUsed event -> files.put(event.path(), event.sha256());
      case RunEvent.WebhookCalled event ->
          webhooks.add(new WebhookRecord(at, event.occasion(), event.delivered(), event.message()));
      case RunSuspended event -> {
        suspended = event;
        working.clear();
        processEnded(at, event.exitCode(), Optional.of(event.reason()));
      }
      case RunEnded event -> {
        ended = event;
        endedAt = at;
        working.clear();
        processEnded(at, event.exitCode(), Optional.empty());
        plays.values().forEach(play -> play.over(at, event.exitCode() == 0));
      }
      case RunEvent.PlayStarted event -> {
        plays.values().forEach(before -> before.over(at, true));
        PlayFold play = plays.computeIfAbsent(event.play(), _ -> new PlayFold(event, at));
        beforeAnyPlay.forEach(play::told);
        beforeAnyPlay.clear();
        event.devices().forEach(name -> changed(name).listed(event.play()));
        working.clear();
        throughput.begins(at);
      }
      case RunEvent.WaveStarted event -> {
        play(event.play())
            .map(play -> play.started(event, at))
            .filter(wave -> !waves.contains(wave))
            .ifPresent(waves::add);
        throughput.begins(at);
      }
      case RunEvent.SoakStarted event ->
          wave(event.play(), event.wave()).ifPresent(wave -> wave.soaks(event, at));
      case RunEvent.SoakEnded event -> {
        wave(event.play(), event.wave()).ifPresent(wave -> wave.soaked(at));
        told(event.play(), event);
      }
      case GateChecked event -> {
        wave(event.play(), event.wave()).ifPresent(wave -> judged(wave, event, at));
        told(event.play(), event);
      }
      case ApprovalAsked event -> {
        approval = event;
        wave(event.play(), event.wave()).ifPresent(wave -> wave.asks(event, at));
      }
      case RunEvent.ApprovalGiven event -> {
        approval = null;
        wave(event.play(), event.wave()).ifPresent(wave -> wave.approved(event, at));
        told(event.play(), event);
      }
      case RunEvent.WaveEnded event -> {
        approval = null;
        wave(event.play(), event.wave()).ifPresent(wave -> wave.ended(event, at));
      }
      case RunEvent.DeviceStarted event -> {
        changed(event.device()).started(event.play(), at);
        working.put(event.device(), new CurrentStep("", false, at));
        wave().ifPresent(wave -> wave.works(event.device()));
      }
      case RunEvent.StepStarted event -> stepStarted(event, at);
      case RunEvent.StepRetried event -> {
        String device = event.step().device();
        changed(device).retried(event, at);
        working.put(device, new CurrentStep(event.task(), true, at));
      }
      case RunEvent.StepEnded event -> {
        String device = event.step().device();
        changed(device).ended(event, at);
        if (event.status().isFailure()) {
          failures.add(event);
        }
        if (GatePath.of(event.step().path()).isPresent()) {
          working.remove(device);
        }
      }
      case RunEvent.BlockEntered event -> changed(event.device()).entered(event);
      case RunEvent.HandlersNotified event -> changed(event.step().device()).notified(event);
      case DeviceHeld event -> {
        String device = event.step().device();
        changed(device).held(event);
        held.remove(device);
        held.put(device, event);
        working.remove(device);
        wave().ifPresent(wave -> wave.rests(device));
      }
      case OperatorDecided event -> decided(event, at);
      case RunEvent.DeviceEnded event -> {
        changed(event.device()).ended(event, at);
        working.remove(event.device());
        boolean hasChanged =
            device(event.device()).flatMap(d -> d.part(event.play())).stream()
                .anyMatch(PartFold::isChanged);
        wave().ifPresent(wave -> wave.ends(event.device(), event.status(), hasChanged));
        throughput.done(at);
        told(event.play(), event);
      }
    }
  }

  private void stepStarted(RunEvent.StepStarted event, Instant at) {
    String device = event.step().device();
    changed(device).started(event, at);
    working.put(device, new CurrentStep(event.task(), false, at));
    GatePath.of(event.step().path())
        .ifPresentOrElse(
            gate -> wave(gate.play(), gate.wave()).ifPresent(wave -> wave.looks(at)),
            () -> wave().ifPresent(wave -> wave.works(device)));
  }

  // What was at work when the process ended is at work again once it says so.
  private void resumed(Instant at) {
    suspended = null;
    working.clear();
    waves.forEach(WaveFold::restsAll);
    throughput.begins(at);
  }

  private void processEnded(Instant at, int code, Optional<String> why) {
    if (!processes.isEmpty()) {
      processes.addLast(processes.removeLast().ended(at, code, why));
    }
  }

  private void judged(WaveFold wave, GateChecked event, Instant at) {
    wave.checked(event, at);
    Set<String> unhealthy = Set.copyOf(event.unhealthy());
    wave.devices().forEach(name -> changed(name).judged(event, unhealthy.contains(name)));
  }

  /**
   * Takes in what the operator says of a step in doubt.
   *
   * @param at UTC
   */
  public void decided(OperatorDecided event, Instant at) {
    String device = event.step().device();
    changed(device).decided(event, at);
    held.remove(device);
  }

  private void told(RunEvent event) {
    if (!keepsSteps) {
      return;
    }
    if (plays.isEmpty()) {
      beforeAnyPlay.add(event);
    } else {
      told(plays.lastKey(), event);
    }
  }

  private void told(int play, RunEvent event) {
    if (keepsSteps) {
      play(play).ifPresent(known -> known.told(event));
    }
  }

  private DeviceFold changed(String name) {
    return devices.computeIfAbsent(name, _ -> new DeviceFold(name, keepsSteps));
  }

  /** The first record; absent when the journal ends before it. */
  public Optional<RunStarted> run() {
    return Optional.ofNullable(run);
  }

  /** When the first record was written; absent when there is none. */
  public Optional<Instant> began() {
    return Optional.ofNullable(began);
  }

  /** The last record that was added. */
  public Optional<JournalEntry> last() {
    return Optional.ofNullable(last);
  }

  /** Plays that began, by number. */
  public SortedMap<Integer, PlayFold> plays() {
    return Collections.unmodifiableSortedMap(plays);
  }

  public Optional<PlayFold> play(int number) {
    return Optional.ofNullable(plays.get(number));
  }

  /** The waves of all plays in the order they began. */
  public List<WaveFold> waves() {
    return Collections.unmodifiableList(waves);
  }

  /** The wave that began last. */
  private Optional<WaveFold> wave() {
    return waves.isEmpty() ? Optional.empty() : Optional.of(waves.getLast());
  }

  public Optional<WaveFold> wave(int play, int number) {
    return play(play).flatMap(known -> known.wave(number));
  }

  /** Every device that the run has to do with, in inventory order. */
  public Collection<DeviceFold> devices() {
    return Collections.unmodifiableCollection(devices.values());
  }

  public Optional<DeviceFold> device(String name) {
    return Optional.ofNullable(devices.get(name));
  }

  /** What devices are at now, by name. */
  public Map<String, CurrentStep> working() {
    return Collections.unmodifiableMap(working);
  }

  /** Devices that wait for the operator's word, the one that waits longest first. */
  public List<DeviceHeld> held() {
    return List.copyOf(held.values());
  }

  /** Files of the controller that were used, with the hash of what each last held. */
  public Map<String, String> files() {
    return Collections.unmodifiableMap(files);
  }

  /** Who began the run and who resumed it, in that order. */
  public List<ProcessRecord> processes() {
    return List.copyOf(processes);
  }

  public List<PauseRecord> pauses() {
    return List.copyOf(pauses);
  }

  public List<WebhookRecord> webhooks() {
    return List.copyOf(webhooks);
  }

  /** What was said of the run as a whole that did not stop it, each text once. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  public RunningFailures failures() {
    return failures;
  }

  public Throughput throughput() {
    return throughput;
  }

  /** Present while no device starts because somebody wants that. */
  public Optional<RunPaused> paused() {
    return Optional.ofNullable(paused);
  }

  /** What waits for somebody's agreement. */
  public Optional<ApprovalAsked> approval() {
    return Optional.ofNullable(approval);
  }

  /** Why its process ended, while the run has not and nobody has resumed it. */
  public Optional<RunSuspended> suspended() {
    return Optional.ofNullable(suspended);
  }

  /** How it ended. */
  public Optional<RunEnded> ended() {
    return Optional.ofNullable(ended);
  }

  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** Whether somebody wants nothing more to begin. */
  public boolean isAborted() {
    return aborted;
  }
}
