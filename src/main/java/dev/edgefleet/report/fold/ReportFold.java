package dev.edgefleet.report.fold;

import dev.edgefleet.journal.JournalEntry;
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
import dev.edgefleet.report.model.DeviceReport;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.RunHeader;
import dev.edgefleet.report.model.RunReport;
import dev.edgefleet.report.model.Totals;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run as far as its journal has been read. */
public final class ReportFold {
  private final RunFold run = new RunFold();
  private final SortedMap<Integer, PlayFold> plays = new TreeMap<>();
  private final Map<String, DeviceFold> devices = new LinkedHashMap<>();

  public void add(JournalEntry entry) {
    run.recorded(entry);
    Instant at = entry.at();
    switch (entry.event()) {
      case RunStarted event -> {
        run.started(event, at);
        event.devices().forEach(this::device);
      }
      case RunResumed event -> run.resumed(event, at);
      case RunPaused event -> run.paused(event, at);
      case RunContinued event -> run.continued(event, at);
      case WebhookCalled event -> run.called(event, at);
      case RunSuspended event -> run.suspended(event, at);
      case RunEnded event -> {
        run.ended(event, at);
        plays.values().forEach(play -> play.over(at, run.endedWell()));
      }
      case PlayStarted event -> {
        plays.values().forEach(before -> before.over(at, true));
        plays.putIfAbsent(event.play(), new PlayFold(event, at));
        event.devices().forEach(name -> device(name).listed(event.play()));
      }
      case WaveStarted event -> play(event.play()).ifPresent(play -> play.started(event, at));
      case SoakStarted event -> wave(event.play(), event.wave()).ifPresent(w -> w.soaks(event, at));
      case SoakEnded event -> wave(event.play(), event.wave()).ifPresent(w -> w.soaked(at));
      case GateChecked event -> {
        wave(event.play(), event.wave()).ifPresent(w -> judge(w, event, at));
      }
      case ApprovalAsked event ->
          wave(event.play(), event.wave()).ifPresent(w -> w.asks(event, at));
      case ApprovalGiven event ->
          wave(event.play(), event.wave()).ifPresent(w -> w.approved(event, at));
      case WaveEnded event -> wave(event.play(), event.wave()).ifPresent(w -> w.ended(event, at));
      case RunEvent.RunAborted _ -> {}
      case RunEvent.FileUsed _ -> {}
      case BlockEntered _ -> {}
      case HandlersNotified _ -> {}
      case DeviceStarted event -> device(event.device()).started(event.play(), at);
      case StepStarted event -> {
        device(event.step().device()).started(event, at);
        GatePath.of(event.step().path())
            .flatMap(gate -> wave(gate.play(), gate.wave()))
            .ifPresent(wave -> wave.looks(at));
      }
      case StepRetried event -> device(event.step().device()).retried(event, at);
      case StepEnded event -> device(event.step().device()).ended(event, at);
      case DeviceHeld event -> device(event.step().device()).held(event);
      case OperatorDecided event -> device(event.step().device()).decided(event, at);
      case DeviceEnded event -> device(event.device()).ended(event, at);
    }
  }

  private void judge(WaveFold wave, GateChecked event, Instant at) {
    wave.checked(event, at);
    Set<String> unhealthy = Set.copyOf(event.unhealthy());
    wave.devices().forEach(name -> device(name).judged(event, unhealthy.contains(name)));
  }

  private Optional<PlayFold> play(int number) {
    return Optional.ofNullable(plays.get(number));
  }

  private Optional<WaveFold> wave(int play, int wave) {
    return play(play).flatMap(trail -> trail.wave(wave));
  }

  private DeviceFold device(String name) {
    return devices.computeIfAbsent(name, DeviceFold::new);
  }

  public RunReport report() {
    RunHeader header = run.header();
    Map<Integer, Map<String, String>> waves = new HashMap<>();
    plays.forEach((number, play) -> waves.put(number, play.waveNames()));
    List<DeviceReport> reports =
        devices.values().stream()
            .map(
                device ->
                    device.report(
                        play -> waves.getOrDefault(play, Map.of()).getOrDefault(device.name, "")))
            .toList();
    return new RunReport(
        RunReport.FORMAT,
        header,
        Totals.of(reports),
        FailureGroups.of(reports),
        plays.entrySet().stream().map(play -> report(play.getKey(), play.getValue())).toList(),
        ModuleColumns.table(devices.values()),
        reports);
  }

  private PlayReport report(int number, PlayFold play) {
    return play.report(name -> device(name).status(number), name -> device(name).result(number));
  }
}
