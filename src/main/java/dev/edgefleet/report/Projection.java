package dev.edgefleet.report;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.RunEvent.ApprovalAsked;
import dev.edgefleet.journal.RunEvent.ApprovalGiven;
import dev.edgefleet.journal.RunEvent.BlockEntered;
import dev.edgefleet.journal.RunEvent.DeviceEnded;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.DeviceStarted;
import dev.edgefleet.journal.RunEvent.GateChecked;
import dev.edgefleet.journal.RunEvent.HandlersNotified;
import dev.edgefleet.journal.RunEvent.OperatorDecided;
import dev.edgefleet.journal.RunEvent.PlayStarted;
import dev.edgefleet.journal.RunEvent.RunContinued;
import dev.edgefleet.journal.RunEvent.RunEnded;
import dev.edgefleet.journal.RunEvent.RunPaused;
import dev.edgefleet.journal.RunEvent.RunResumed;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.RunEvent.RunSuspended;
import dev.edgefleet.journal.RunEvent.SoakEnded;
import dev.edgefleet.journal.RunEvent.SoakStarted;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.journal.RunEvent.StepRetried;
import dev.edgefleet.journal.RunEvent.StepStarted;
import dev.edgefleet.journal.RunEvent.WaveEnded;
import dev.edgefleet.journal.RunEvent.WaveStarted;
import dev.edgefleet.journal.RunEvent.WebhookCalled;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run as far as its journal has been read. */
final class Projection {
  private final Map<String, DeviceTrail> devices = new LinkedHashMap<>();
  private final SortedMap<Integer, Play> plays = new TreeMap<>();
  private final Map<Integer, Integer> batches = new HashMap<>();
  private @Nullable JournalEntry started;
  private @Nullable JournalEntry ended;
  private @Nullable JournalEntry last;

  private record Play(PlayStarted event, Instant at) {}

  void add(JournalEntry entry) {
    last = entry;
    Instant at = entry.at();
    switch (entry.event()) {
      case RunStarted event -> {
        started = entry;
        event.devices().forEach(this::device);
      }
      case PlayStarted event -> {
        plays.put(event.play(), new Play(event, at));
        event.devices().forEach(name -> device(name).listed(event.play()));
      }
      case WaveStarted event -> batches.put(event.play(), event.waves() == 1 ? 0 : event.wave());
      case RunResumed _ -> {}
      case SoakStarted _ -> {}
      case SoakEnded _ -> {}
      case GateChecked _ -> {}
      case ApprovalAsked _ -> {}
      case ApprovalGiven _ -> {}
      case WaveEnded _ -> {}
      case RunPaused _ -> {}
      case RunContinued _ -> {}
      case RunEvent.RunAborted _ -> {}
      case RunEvent.FileUsed _ -> {}
      case BlockEntered _ -> {}
      case HandlersNotified _ -> {}
      case DeviceHeld _ -> {}
      case OperatorDecided _ -> {}
      case WebhookCalled _ -> {}
      case RunSuspended _ -> {}
      case DeviceStarted event -> device(event.device()).started(event.play(), at);
      case StepStarted event -> device(event.step().device()).started(event, at);
      case StepRetried event -> device(event.step().device()).retried(event, at);
      case StepEnded event -> device(event.step().device()).ended(event, at);
      case DeviceEnded event -> device(event.device()).ended(event, at);
      case RunEnded _ -> ended = entry;
    }
  }

  private DeviceTrail device(String name) {
    return devices.computeIfAbsent(name, DeviceTrail::new);
  }

  RunReport report() {
    List<DeviceReport> reports = devices.values().stream().map(DeviceTrail::report).toList();
    return new RunReport(
        RunReport.FORMAT,
        header(),
        totals(reports),
        FailureGroups.of(reports),
        plays.values().stream().map(this::play).toList(),
        ModuleColumns.table(devices.values()),
        reports);
  }

  private RunHeader header() {
    JournalEntry first = started;
    JournalEntry latest = last;
    if (first == null || latest == null || !(first.event() instanceof RunStarted run)) {
      throw new JournalFailed(
          "There is nothing to report: the journal ends before its run started",
          new NoSuchElementException("run_started"));
    }
    Optional<RunEnded> end =
        Optional.ofNullable(ended).map(JournalEntry::event).map(RunEnded.class::cast);
    Optional<Instant> endedAt = Optional.ofNullable(ended).map(JournalEntry::at);
    return new RunHeader(
        run.run(),
        run.operator(),
        run.command(),
        run.version(),
        run.playbook(),
        run.inventories(),
        run.check(),
        first.at(),
        endedAt,
        latest.at(),
        Duration.between(first.at(), endedAt.orElse(latest.at())).toMillis(),
        end.map(RunEnded::exitCode),
        end.flatMap(RunEnded::reason),
        latest.sequence(),
        latest.hash());
  }

  private PlayReport play(Play play) {
    PlayStarted event = play.event;
    int ok = 0;
    int failed = 0;
    int unreachable = 0;
    int stopped = 0;
    for (DeviceTrail device : devices.values()) {
      switch (device.status(event.play())) {
        case OK -> ok++;
        case FAILED -> failed++;
        case UNREACHABLE -> unreachable++;
        case STOPPED -> stopped++;
        case null -> {}
      }
    }
    return new PlayReport(
        event.play(),
        event.name(),
        play.at,
        event.devices().size(),
        ok,
        failed,
        unreachable,
        stopped,
        batches.getOrDefault(event.play(), 0));
  }

  private static Totals totals(Collection<DeviceReport> devices) {
    Map<DeviceResult, Integer> byResult = new EnumMap<>(DeviceResult.class);
    Map<StepResult, Integer> stepsByResult = new EnumMap<>(StepResult.class);
    for (DeviceResult result : DeviceResult.values()) {
      byResult.put(result, 0);
    }
    for (StepResult result : StepResult.values()) {
      stepsByResult.put(result, 0);
    }
    int steps = 0;
    for (DeviceReport device : devices) {
      byResult.merge(device.result(), 1, Integer::sum);
      for (StepReport step : device.steps()) {
        stepsByResult.merge(step.result(), 1, Integer::sum);
        steps++;
      }
    }
    return new Totals(
        devices.size(),
        Collections.unmodifiableMap(byResult),
        steps,
        Collections.unmodifiableMap(stepsByResult));
  }
}
