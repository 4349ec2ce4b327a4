package dev.edgefleet.report.build;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.fold.ApprovalRecord;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.PlayFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.WaveFold;
import dev.edgefleet.journal.fold.WaveState;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.WaveReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a report says of a play and its waves. */
final class PlayReports {
  private PlayReports() {}

  /** The wave's name by device. */
  static Map<String, String> waveNames(PlayFold play) {
    Map<String, String> names = new HashMap<>();
    if (play.isStaged()) {
      play.waves().values().forEach(wave -> wave.devices().forEach(d -> names.put(d, wave.name())));
    }
    return names;
  }

  static PlayReport of(PlayFold play, RunFold run) {
    Map<DeviceStatus, Integer> counts = new EnumMap<>(DeviceStatus.class);
    for (String name : play.devices()) {
      run.device(name)
          .flatMap(device -> device.part(play.number()))
          .flatMap(part -> part.status())
          .ifPresent(status -> counts.merge(status, 1, Integer::sum));
    }
    return new PlayReport(
        play.number(),
        play.name(),
        play.started(),
        play.devices().size(),
        counts.getOrDefault(DeviceStatus.OK, 0),
        counts.getOrDefault(DeviceStatus.FAILED, 0),
        counts.getOrDefault(DeviceStatus.UNREACHABLE, 0),
        counts.getOrDefault(DeviceStatus.STOPPED, 0),
        batches(play),
        play.isStaged() ? waves(play, run) : List.of());
  }

  private static int batches(PlayFold play) {
    boolean serial =
        play.wavesInAll() > 1
            && play.waves().values().stream()
                .allMatch(wave -> wave.name().equals("batch " + wave.number()));
    return serial ? play.waves().size() : 0;
  }

  private static List<WaveReport> waves(PlayFold play, RunFold run) {
    List<WaveReport> reports = new ArrayList<>();
    play.waves().values().forEach(wave -> reports.add(of(wave, run)));
    int begun = play.waves().values().stream().mapToInt(wave -> wave.devices().size()).sum();
    for (int number = reports.size() + 1; number <= play.wavesInAll(); number++) {
      Optional<Integer> rest =
          number == play.wavesInAll() && number == reports.size() + 1
              ? Optional.of(play.devices().size() - begun)
              : Optional.empty();
      // Only the wave before it names it, when it asks for leave to begin it.
      String name =
          play.wave(number - 1).flatMap(WaveFold::approval).map(ApprovalRecord::next).orElse("");
      reports.add(notStarted(number, name, rest));
    }
    return List.copyOf(reports);
  }

  private static WaveReport of(WaveFold wave, RunFold run) {
    Map<DeviceResult, Integer> counts = new EnumMap<>(DeviceResult.class);
    for (String name : wave.devices()) {
      DeviceResult result =
          run.device(name)
              .map((DeviceFold device) -> PartReports.result(device, wave.play()))
              .orElse(DeviceResult.NOT_RUN);
      counts.merge(result, 1, Integer::sum);
    }
    return new WaveReport(
        wave.number(),
        wave.name(),
        wave.state(),
        Optional.of(wave.devices().size()),
        Optional.of(wave.started()),
        wave.ended(),
        counts.getOrDefault(DeviceResult.OK, 0),
        counts.getOrDefault(DeviceResult.CHANGED, 0),
        counts.getOrDefault(DeviceResult.FAILED, 0),
        counts.getOrDefault(DeviceResult.UNREACHABLE, 0),
        counts.getOrDefault(DeviceResult.STOPPED, 0),
        counts.getOrDefault(DeviceResult.HELD, 0),
        wave.message(),
        wave.soak(),
        wave.gate(),
        wave.approval());
  }

  private static WaveReport notStarted(int wave, String name, Optional<Integer> devices) {
    return new WaveReport(
        wave,
        name,
        WaveState.NOT_STARTED,
        devices,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        0,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
