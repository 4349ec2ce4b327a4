package dev.edgefleet.journal.fold;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent.ApprovalAsked;
import dev.edgefleet.journal.RunEvent.ApprovalGiven;
import dev.edgefleet.journal.RunEvent.GateChecked;
import dev.edgefleet.journal.RunEvent.SoakStarted;
import dev.edgefleet.journal.RunEvent.WaveEnded;
import dev.edgefleet.journal.RunEvent.WaveStarted;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One wave, as far as the journal tells. A resumed run may say a thing twice. */
public final class WaveFold {
  private final WaveStarted event;
  private final Instant started;
  private final Set<String> working = new HashSet<>();
  private final Map<String, DeviceStatus> through = new HashMap<>();
  private final Map<DeviceStatus, Integer> counts = new EnumMap<>(DeviceStatus.class);
  private final Set<String> changed = new HashSet<>();
  private @Nullable SoakRecord soak;
  private @Nullable GateRecord gate;
  private @Nullable ApprovalRecord approval;
  private @Nullable WaveEnded end;
  private @Nullable Instant ended;
  private boolean passed;

  WaveFold(WaveStarted event, Instant at) {
    this.event = event;
    this.started = at;
  }

  void works(String device) {
    if (!through.containsKey(device)) {
      working.add(device);
    }
  }

  void rests(String device) {
    working.remove(device);
  }

  /** The process that had them is gone. */
  void restsAll() {
    working.clear();
  }

  /**
   * @param hasChanged whether something was changed on it
   */
  void ends(String device, DeviceStatus status, boolean hasChanged) {
    if (hasChanged && status == DeviceStatus.OK) {
      changed.add(device);
    }
    working.remove(device);
    DeviceStatus before = through.put(device, status);
    if (before != null) {
      counts.merge(before, -1, Integer::sum);
    }
    counts.merge(status, 1, Integer::sum);
  }

  void soaks(SoakStarted begun, Instant at) {
    Instant since = soak == null ? at : soak.started();
    soak = new SoakRecord(begun.seconds(), since, Optional.empty());
  }

  void soaked(Instant at) {
    if (soak != null) {
      soak = new SoakRecord(soak.seconds(), soak.started(), Optional.of(at));
    }
  }

  /** One of its devices is looked at. */
  void looks(Instant at) {
    if (gate == null) {
      gate = new GateRecord(at, Optional.empty(), Optional.empty(), 0, List.of(), "");
    }
  }

  void checked(GateChecked found, Instant at) {
    gate =
        new GateRecord(
            gate == null ? at : gate.started(),
            Optional.of(at),
            Optional.of(found.passed()),
            found.healthy(),
            found.unhealthy(),
            found.message());
  }

  void asks(ApprovalAsked asked, Instant at) {
    if (approval == null) {
      approval = new ApprovalRecord(at, asked.next(), Optional.empty(), "", "");
    }
  }

  void approved(ApprovalGiven given, Instant at) {
    Instant asked = approval == null ? at : approval.asked();
    String next = approval == null ? "" : approval.next();
    approval = new ApprovalRecord(asked, next, Optional.of(at), given.operator(), given.note());
  }

  void ended(WaveEnded how, Instant at) {
    end = how;
    ended = at;
    passed = how.passed();
  }

  /** Something came after it of which it must be the end; journals of old do not say so. */
  void over(Instant at, boolean well) {
    if (ended == null) {
      ended = at;
      passed = well;
    }
  }

  /** Its play. */
  public int play() {
    return event.play();
  }

  /** From 1. */
  public int number() {
    return event.wave();
  }

  /** How many its play has. */
  public int of() {
    return event.waves();
  }

  public String name() {
    return event.name();
  }

  public List<String> devices() {
    return event.devices();
  }

  public Instant started() {
    return started;
  }

  public Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }

  /** Whether the journal says that it ended. */
  public boolean isEndRecorded() {
    return end != null;
  }

  public Optional<SoakRecord> soak() {
    return Optional.ofNullable(soak);
  }

  public Optional<GateRecord> gate() {
    return Optional.ofNullable(gate);
  }

  public Optional<ApprovalRecord> approval() {
    return Optional.ofNullable(approval);
  }

  /** Why it did not pass; empty when it did, or has not ended. */
  public String message() {
    return end == null ? "" : end.message();
  }

  /** How many came through it so. */
  public int count(DeviceStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /** How many came through it and had something changed. */
  public int changed() {
    return changed.size();
  }

  /** How many are at work. */
  public int working() {
    return working.size();
  }

  /** True when it does what only waves do. */
  public boolean isStaged() {
    return soak != null || gate != null || approval != null;
  }

  public WaveState state() {
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
}
