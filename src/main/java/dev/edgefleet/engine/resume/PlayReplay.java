package dev.edgefleet.engine.resume;

import dev.edgefleet.engine.wave.FleetState;
import dev.edgefleet.engine.wave.LiveRollout;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.rollout.Decision;
import dev.edgefleet.rollout.Event;
import dev.edgefleet.rollout.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a rollout again what processes before this one told it, and gives devices that are through
 * what was kept of them.
 *
 * @param devices those of the play, by name
 */
public record PlayReplay(
    Play play,
    Map<String, Device> devices,
    RecordedRun history,
    FleetState fleet,
    LiveRollout live) {
  /** What a device's end means to a rollout. */
  public static Event.Result result(DeviceStatus status) {
    return switch (status) {
      case OK -> Event.Result.OK;
      case FAILED -> Event.Result.FAILED;
      case UNREACHABLE -> Event.Result.UNREACHABLE;
      case STOPPED -> Event.Result.STOPPED;
    };
  }

  /**
   * @return what the rollout decided on the way
   */
  public List<Decision> run(List<RunEvent> past) {
    List<Decision> decided = new ArrayList<>(live.replay(new Event.Begun()));
    for (RunEvent event : past) {
      Optional<Event> told = told(event);
      if (told.isPresent() && fits(told.get())) {
        decided.addAll(live.replay(told.get()));
      }
      if (event instanceof RunEvent.DeviceEnded ended) {
        fleet.ended(ended.device(), ended.status());
      }
    }
    return decided;
  }

  private Optional<Event> told(RunEvent event) {
    return Optional.ofNullable(
        switch (event) {
          case RunEvent.DeviceEnded ended -> {
            restore(ended.device());
            if (wasFatal(ended)) {
              live.replay(new Event.Failed(ended.device(), true));
            }
            yield new Event.Ended(ended.device(), result(ended.status()));
          }
          case RunEvent.SoakEnded ignored -> new Event.Soaked();
          case RunEvent.GateChecked gate -> new Event.GateChecked(Set.copyOf(gate.unhealthy()));
          case RunEvent.ApprovalGiven ignored -> new Event.Approved();
          case RunEvent.RunPaused ignored -> {
            fleet.pause(true);
            yield new Event.Paused();
          }
          case RunEvent.RunContinued ignored -> {
            fleet.pause(false);
            yield new Event.Continued();
          }
          case RunEvent.RunAborted ignored -> new Event.Aborted();
          default -> null;
        });
  }

  // A process that died may have recorded an end twice: once is enough.
  private boolean fits(Event event) {
    return switch (event) {
      case Event.Ended ended -> live.now().working().contains(ended.device());
      case Event.Soaked() -> live.is(Phase.SOAK);
      case Event.GateChecked ignored -> live.is(Phase.GATE);
      default -> true;
    };
  }

  private void restore(String name) {
    Device device = devices.get(name);
    if (device != null) {
      history.device(name).kept().stream()
          .filter(kept -> kept.play() == play.number())
          .reduce((earlier, later) -> later)
          .ifPresent(fleet.of(device)::restore);
    }
  }

  // The journal has no word for it: the task that failed last says so.
  private boolean wasFatal(RunEvent.DeviceEnded ended) {
    String path = history.device(ended.device()).lastFailure();
    boolean failed =
        ended.status() == DeviceStatus.FAILED || ended.status() == DeviceStatus.UNREACHABLE;
    return failed
        && live.now().working().contains(ended.device())
        && play.everyTask()
            .anyMatch(task -> task.path().equals(path) && task.keywords().anyErrorsFatal());
  }
}
