package dev.edgefleet.engine;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Play;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over the fleet: play after play, every device of a play on a virtual thread of its own. A
 * device that failed or could not be reached takes no part in later plays.
 */
public final class FleetRun {
  private static final Logger LOG = LoggerFactory.getLogger(FleetRun.class);

  private final RunRequest request;
  private final RunServices services;
  private final Map<String, DeviceStatus> statuses = new ConcurrentHashMap<>();
  private final Map<String, Map<String, @Nullable Object>> registered = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  public FleetRun(RunRequest request, RunServices services) {
    this.request = request;
    this.services = services;
  }

  /** From now on no device starts another step; steps that run are let finish. */
  public void stop() {
    stopping = true;
  }

  /**
   * @param started what to record of how the run came to be
   * @return exit code
   */
  public int execute(RunEvent.RunStarted started) {
    List<List<Device>> devices = request.devicesByPlay();
    services.journal().append(started);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < devices.size(); i++) {
        play(request.playbook().plays().get(i), devices.get(i), threads);
      }
    }
    int exitCode = stopping ? 130 : exitCode();
    Optional<String> reason = stopping ? Optional.of("stopped by the operator") : Optional.empty();
    services.journal().append(new RunEvent.RunEnded(exitCode, reason));
    return exitCode;
  }

  private void play(Play play, List<Device> all, ExecutorService threads) {
    List<Device> devices =
        all.stream()
            .filter(d -> statuses.getOrDefault(d.name(), DeviceStatus.OK) == DeviceStatus.OK)
            .toList();
    if (devices.isEmpty() || stopping) {
      return;
    }
    services
        .journal()
        .append(
            new RunEvent.PlayStarted(
                play.number(), play.name(), devices.stream().map(Device::name).toList()));
    Semaphore gate = new Semaphore(request.concurrency());
    List<Future<?>> running = new ArrayList<>();
    for (Device device : devices) {
      running.add(
          threads.submit(
              () -> {
                gate.acquireUninterruptibly();
                try {
                  device(play, device);
                } finally {
                  gate.release();
                }
              }));
    }
    running.forEach(FleetRun::await);
  }

  private void device(Play play, Device device) {
    if (stopping) {
      return;
    }
    services.journal().append(new RunEvent.DeviceStarted(play.number(), device.name()));
    Optional<DeviceStatus> status;
    try (DeviceRun run =
        new DeviceRun(request, services, play, device, registered(device), () -> stopping)) {
      status = run.execute();
    } catch (JournalFailed stopsTheRun) {
      throw stopsTheRun;
    } catch (RuntimeException | Error ours) {
      // Steps hold their own failures; what comes from around them is still this device's alone.
      LOG.error("device {}", device.name(), ours);
      status = Optional.of(DeviceStatus.FAILED);
    }
    status.ifPresent(
        how -> {
          statuses.put(device.name(), how);
          services.journal().append(new RunEvent.DeviceEnded(play.number(), device.name(), how));
        });
  }

  // A device's results last for the run; its thread of the one play is over before the next begins.
  private Map<String, @Nullable Object> registered(Device device) {
    return registered.computeIfAbsent(device.name(), name -> new HashMap<>());
  }

  // Failures of a device are values by now: what flies out of its thread stops the whole run.
  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalFailed failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int exitCode() {
    Set<DeviceStatus> seen = new LinkedHashSet<>(statuses.values());
    if (seen.contains(DeviceStatus.FAILED)) {
      return 3;
    }
    return seen.contains(DeviceStatus.UNREACHABLE) ? 4 : 0;
  }
}
