package dev.edgefleet.report.fold;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.PlayStarted;
import dev.edgefleet.journal.RunEvent.WaveStarted;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.PlayReport;
import dev.edgefleet.report.model.WaveReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the journal has said of one play so far. */
final class PlayFold {
  private final PlayStarted event;
  private final Instant started;
  private final SortedMap<Integer, WaveFold> waves = new TreeMap<>();
  private int wavesInAll;

  PlayFold(PlayStarted event, Instant at) {
    this.event = event;
    this.started = at;
  }

  void started(WaveStarted wave, Instant at) {
    waves.values().forEach(before -> before.over(at, true));
    wavesInAll = wave.waves();
    waves.putIfAbsent(wave.wave(), new WaveFold(wave, at));
  }

  /** One of the waves that began; empty when the journal does not know it. */
  Optional<WaveFold> wave(int number) {
    return Optional.ofNullable(waves.get(number));
  }

  /** Nothing of this play is left to do. */
  void over(Instant at, boolean well) {
    waves.values().forEach(wave -> wave.over(at, well));
  }

  /** True when its waves are worth telling of. */
  private boolean isStaged() {
    return wavesInAll > 1 || waves.values().stream().anyMatch(WaveFold::isStaged);
  }

  /** The wave's name by device. */
  Map<String, String> waveNames() {
    Map<String, String> names = new HashMap<>();
    if (isStaged()) {
      waves.values().forEach(wave -> wave.devices().forEach(d -> names.put(d, wave.name())));
    }
    return names;
  }

  /**
   * @param status how a device came out of this play, or null while it has not
   * @param result the same for people
   */
  PlayReport report(
      Function<String, @Nullable DeviceStatus> status, Function<String, DeviceResult> result) {
    int ok = 0;
    int failed = 0;
    int unreachable = 0;
    int stopped = 0;
    for (String device : event.devices()) {
      switch (status.apply(device)) {
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
        started,
        event.devices().size(),
        ok,
        failed,
        unreachable,
        stopped,
        batches(),
        isStaged() ? waves(result) : List.of());
  }

  private int batches() {
    boolean serial =
        wavesInAll > 1
            && waves.entrySet().stream()
                .allMatch(wave -> wave.getValue().name().equals("batch " + wave.getKey()));
    return serial ? waves.size() : 0;
  }

  private List<WaveReport> waves(Function<String, DeviceResult> result) {
    List<WaveReport> reports = new ArrayList<>();
    waves.values().forEach(wave -> reports.add(wave.report(result)));
    int begun = waves.values().stream().mapToInt(wave -> wave.devices().size()).sum();
    for (int number = reports.size() + 1; number <= wavesInAll; number++) {
      Optional<Integer> rest =
          number == wavesInAll && number == reports.size() + 1
              ? Optional.of(event.devices().size() - begun)
              : Optional.empty();
      String name = wave(number - 1).flatMap(WaveFold::next).orElse("");
      reports.add(WaveFold.notStarted(number, name, rest));
    }
    return List.copyOf(reports);
  }
}
