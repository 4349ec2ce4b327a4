package dev.edgefleet.progress;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.progress.RunSnapshot.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is counted of one wave. */
final class WaveCounters {
  private final RunEvent.WaveStarted event;
  private final Instant started;
  private final Set<String> working = new HashSet<>();
  private final Map<String, DeviceStatus> ended = new HashMap<>();
  private final Map<DeviceStatus, Integer> counts = new EnumMap<>(DeviceStatus.class);
  private Stage stage = Stage.DEVICES;
  private @Nullable Instant over;
  private @Nullable Instant soaked;
  private String message = "";

  WaveCounters(RunEvent.WaveStarted event, Instant started) {
    this.event = event;
    this.started = started;
  }

  boolean is(int play, int number) {
    return event.play() == play && event.wave() == number;
  }

  boolean isAtWork(String device) {
    return working.contains(device);
  }

  void works(String device) {
    if (!ended.containsKey(device)) {
      working.add(device);
    }
  }

  void rests(String device) {
    working.remove(device);
  }

  void restsAll() {
    working.clear();
  }

  void ends(String device, DeviceStatus status) {
    working.remove(device);
    DeviceStatus before = ended.put(device, status);
    if (before != null) {
      counts.merge(before, -1, Integer::sum);
    }
    counts.merge(status, 1, Integer::sum);
  }

  void soaks(Instant until) {
    stage = Stage.SOAK;
    soaked = until;
  }

  void gate() {
    stage = Stage.GATE;
  }

  void gate(String says) {
    stage = Stage.GATE;
    message = says;
  }

  void waitsForApproval() {
    stage = Stage.APPROVAL;
  }

  void over(boolean passed, String why, Instant at) {
    stage = passed ? Stage.PASSED : Stage.NOT_PASSED;
    over = at;
    if (!why.isEmpty()) {
      message = why;
    }
  }

  RunSnapshot.Wave standing(Instant now) {
    Instant until = soaked;
    return new RunSnapshot.Wave(
        event.play(),
        event.wave(),
        event.waves(),
        event.name(),
        event.devices().size(),
        counts.getOrDefault(DeviceStatus.OK, 0),
        counts.getOrDefault(DeviceStatus.FAILED, 0),
        counts.getOrDefault(DeviceStatus.UNREACHABLE, 0),
        counts.getOrDefault(DeviceStatus.STOPPED, 0),
        working.size(),
        stage,
        started,
        Optional.ofNullable(over),
        stage == Stage.SOAK && until != null
            ? Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO)
            : Optional.empty(),
        message);
  }
}
