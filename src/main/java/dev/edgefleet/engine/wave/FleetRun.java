package dev.edgefleet.engine.wave;

import dev.edgefleet.connect.OpenConnections;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.PlayFold;
import dev.edgefleet.playbook.Play;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One run over the fleet, play after play. A device that failed or could not be reached takes no
 * part in later plays; when a whole batch failed, or more of it than its play allows, nothing else
 * begins.
 */
public final class FleetRun {

  private final RunRequest request;
  private final RunServices services;
  private final FleetState fleet;
  private final OpenConnections links = new OpenConnections();
  private final StopSignal stop = new StopSignal();

  public FleetRun(RunRequest request, RunServices services) {
    this.request = request;
    this.services = services;
    this.fleet = new FleetState(request.inventory(), services.redactor());
  }

  /** From now on no device starts another step; steps that run are let finish. */
  public void stop() {
    stop.ask();
  }

  /** As {@link #stop()}, and steps that run are cut off: how they end may not be known. */
  public void abort() {
    stop.ask();
    links.cutOffAll();
  }

  /**
   * Does what is left to do. How the run came to be, or who goes on with it, is in the journal by
   * then.
   *
   * @return exit code
   */
  public int execute() {
    List<List<Device>> devices = request.devicesByPlay();
    PlayEnd end = PlayEnd.Over.WELL;
    int next = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (; next < devices.size() && goesOn(end); next++) {
        end = play(request.playbook().plays().get(next), devices.get(next), threads);
      }
    }
    boolean all = next == devices.size();
    return switch (end) {
      case PlayEnd.Suspended suspended -> suspended(suspended.exitCode(), suspended.reason());
      case PlayEnd.Over over when over.halt().isEmpty() && !all ->
          suspended(ExitCode.INTERRUPTED.number(), "interrupted by the operator");
      case PlayEnd.Over over -> ended(over, leavesOut(devices, next));
    };
  }

  /** Whether a play that never began would have had devices. */
  private boolean leavesOut(List<List<Device>> devices, int next) {
    return devices.stream()
        .skip(next)
        .flatMap(List::stream)
        .anyMatch(device -> fleet.takesPart(device.name()));
  }

  private boolean goesOn(PlayEnd end) {
    return !stop.isAsked() && end instanceof PlayEnd.Over over && over.halt().isEmpty();
  }

  private PlayEnd play(Play play, List<Device> all, ExecutorService threads) {
    List<Device> takingPart = takingPart(play, all);
    return takingPart.isEmpty()
        ? PlayEnd.Over.WELL
        : new PlayRun(request, services, play, takingPart, fleet, links, stop, threads).execute();
  }

  // A play that was begun before goes on with the devices it began with.
  private List<Device> takingPart(Play play, List<Device> devices) {
    Optional<List<String>> before = services.history().play(play.number()).map(PlayFold::devices);
    return devices.stream()
        .filter(
            device ->
                before
                    .map(names -> names.contains(device.name()))
                    .orElseGet(() -> fleet.takesPart(device.name())))
        .toList();
  }

  private int suspended(int exitCode, String reason) {
    services.journal().append(new RunEvent.RunSuspended(exitCode, reason));
    return exitCode;
  }

  // A run that did all there was to do did not end early, whatever became of its devices.
  private int ended(PlayEnd.Over over, boolean playsLeft) {
    int exitCode = exitCode(over.early());
    Optional<String> reason =
        over.halt().filter(_ -> over.leavesOut() || playsLeft).map(_ -> over.reason());
    new Webhooks(request, services).end(exitCode, reason);
    services.journal().append(new RunEvent.RunEnded(exitCode, reason));
    return exitCode;
  }

  private int exitCode(boolean early) {
    if (early) {
      return ExitCode.STOPPED.number();
    }
    if (fleet.any(DeviceStatus.FAILED)) {
      return ExitCode.DEVICES_FAILED.number();
    }
    return fleet.any(DeviceStatus.UNREACHABLE)
        ? ExitCode.DEVICES_UNREACHABLE.number()
        : ExitCode.DONE.number();
  }
}
