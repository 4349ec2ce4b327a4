package dev.edgefleet.report.fold;

import dev.edgefleet.journal.RunEvent.ApprovalAsked;
import dev.edgefleet.journal.RunEvent.ApprovalGiven;
import dev.edgefleet.journal.RunEvent.GateChecked;
import dev.edgefleet.journal.RunEvent.SoakStarted;
import dev.edgefleet.journal.RunEvent.WaveEnded;
import dev.edgefleet.journal.RunEvent.WaveStarted;
import dev.edgefleet.report.model.DeviceResult;
import dev.edgefleet.report.model.WaveReport;
import dev.edgefleet.report.model.WaveReport.Approval;
import dev.edgefleet.report.model.WaveReport.Gate;
import dev.edgefleet.report.model.WaveReport.Soak;
import dev.edgefleet.report.model.WaveState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the journal has said of one wave so far. A resumed run may say a thing twice. */
final class WaveFold {
  private final WaveStarted event;
  private final Instant started;
  private @Nullable Soak soak;
  private @Nullable Gate gate;
  private @Nullable Approval approval;
  private @Nullable Instant ended;
  private boolean passed;
  private String message = "";

  WaveFold(WaveStarted event, Instant at) {
    this.event = event;
    this.started = at;
  }

  String name() {
    return event.name();
  }

  List<String> devices() {
    return event.devices();
  }

  /** True when it does what only waves do. */
  boolean isStaged() {
    return soak != null || gate != null || approval != null;
  }

  void soaks(SoakStarted begun, Instant at) {
    Instant since = soak == null ? at : soak.started();
    soak = new Soak(begun.seconds(), since, Optional.empty());
  }

  void soaked(Instant at) {
    if (soak != null) {
      soak = new Soak(soak.seconds(), soak.started(), Optional.of(at));
    }
  }

  /** One of its devices is looked at. */
  void looks(Instant at) {
    if (gate == null) {
      gate = new Gate(at, Optional.empty(), Optional.empty(), 0, List.of(), "");
    }
  }

  void checked(GateChecked found, Instant at) {
    gate =
        new Gate(
            gate == null ? at : gate.started(),
            Optional.of(at),
            Optional.of(found.passed()),
            found.healthy(),
            found.unhealthy(),
            found.message());
  }

  void asks(ApprovalAsked asked, Instant at) {
    if (approval == null) {
      approval = new Approval(at, asked.next(), Optional.empty(), "", "");
    }
  }

  void approved(ApprovalGiven given, Instant at) {
    Instant asked = approval == null ? at : approval.asked();
    String next = approval == null ? "" : approval.next();
    approval = new Approval(asked, next, Optional.of(at), given.operator(), given.note());
  }

  /** What begins after it, when it asked for leave to begin that. */
  Optional<String> next() {
    return Optional.ofNullable(approval).map(Approval::next);
  }

  void ended(WaveEnded end, Instant at) {
    ended = at;
    passed = end.passed();
    message = end.message();
  }

  /** Something came after it of which it must be the end; journals of old do not say so. */
  void over(Instant at, boolean well) {
    if (ended == null) {
      ended = at;
      passed = well;
    }
  }

  private WaveState state() {
    if (ended != null) {
      return passed ? WaveState.PASSED : WaveState.FAILED;
    }
    if (approval != null && approval.given().isEmpty()) {
      return WaveState.WAITING;
    }
    if (gate != null && gate.checked().isEmpty()) {
      return WaveState.GATE;
    }
    if (soak != null && soak.ended().isEmpty()) {
      return WaveState.SOAKING;
    }
    return WaveState.RUNNING;
  }

  WaveReport report(Function<String, DeviceResult> results) {
    Map<DeviceResult, Integer> counts = new EnumMap<>(DeviceResult.class);
    event.devices().forEach(name -> counts.merge(results.apply(name), 1, Integer::sum));
    return new WaveReport(
        event.wave(),
        event.name(),
        state(),
        Optional.of(event.devices().size()),
        Optional.of(started),
        Optional.ofNullable(ended),
        counts.getOrDefault(DeviceResult.OK, 0),
        counts.getOrDefault(DeviceResult.CHANGED, 0),
        counts.getOrDefault(DeviceResult.FAILED, 0),
        counts.getOrDefault(DeviceResult.UNREACHABLE, 0),
        counts.getOrDefault(DeviceResult.STOPPED, 0),
        counts.getOrDefault(DeviceResult.HELD, 0),
        message,
        Optional.ofNullable(soak),
        Optional.ofNullable(gate),
        Optional.ofNullable(approval));
  }

  static WaveReport notStarted(int wave, String name, Optional<Integer> devices) {
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
