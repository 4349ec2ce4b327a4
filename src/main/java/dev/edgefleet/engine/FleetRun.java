package dev.edgefleet.engine;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
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
  private final OpenLinks links = new OpenLinks();
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
   * @param started what to record of how the run came to be
   * @return exit code
   */
  public int execute(RunEvent.RunStarted started) {
    List<List<Device>> devices = request.devicesByPlay();
    services.journal().append(started);
    Optional<String> ended = Optional.empty();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < devices.size() && ended.isEmpty() && !stop.isAsked(); i++) {
        List<Device> left =
            devices.get(i).stream().filter(device -> fleet.takesPart(device.name())).toList();
        if (!left.isEmpty()) {
          ended =
              new PlayRun(request, services, request.playbook().plays().get(i), fleet, links, stop)
                  .execute(left, threads);
        }
      }
    }
    if (stop.isAsked()) {
      ended = Optional.of("stopped by the operator");
    }
    int exitCode = stop.isAsked() ? 130 : exitCode();
    services.journal().append(new RunEvent.RunEnded(exitCode, ended));
    return exitCode;
  }

  private int exitCode() {
    if (fleet.any(DeviceStatus.FAILED)) {
      return 3;
    }
    return fleet.any(DeviceStatus.UNREACHABLE) ? 4 : 0;
  }
}
