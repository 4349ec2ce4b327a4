package dev.edgefleet.engine;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.transport.local.LocalConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One play: batch after batch, every device of a batch on a virtual thread of its own. */
final class PlayRun {
  private static final Logger LOG = LoggerFactory.getLogger(PlayRun.class);

  private final RunRequest request;
  private final RunServices services;
  private final Play play;
  private final FleetState fleet;
  private final OpenLinks links;
  private final StopSignal stop;

  PlayRun(
      RunRequest request,
      RunServices services,
      Play play,
      FleetState fleet,
      OpenLinks links,
      StopSignal stop) {
    this.request = request;
    this.services = services;
    this.play = play;
    this.fleet = fleet;
    this.links = links;
    this.stop = stop;
  }

  /**
   * @param devices at least one
   * @return why nothing after this play may begin; empty when all may go on
   */
  Optional<String> execute(List<Device> devices, ExecutorService threads) {
    // Nobody evaluates a play's name, but an encrypted playbook's is as secret as the rest of it.
    String name = new Text(services.redactor()).redacted(play.name());
    services.journal().append(new RunEvent.PlayStarted(play.number(), name, names(devices)));
    boolean usesFacts = FactNames.areIn(play);
    List<List<Device>> batches = Batches.of(devices, play.serial());
    for (int i = 0; i < batches.size() && !stop.isAsked(); i++) {
      List<Device> batch = batches.get(i);
      services
          .journal()
          .append(
              new RunEvent.WaveStarted(
                  play.number(), i + 1, batches.size(), "batch " + (i + 1), names(batch)));
      FailureBudget budget =
          new FailureBudget(
              batch.size(),
              play.maxFailPercentage().map(OptionalDouble::of).orElse(OptionalDouble.empty()));
      BatchControl control =
          new BatchControl(
              usesFacts, BatchView.of(play, devices, batch, fleet), budget, new RunOnce());
      batch(batch, control, threads);
      if (budget.endsTheRun()) {
        return Optional.of(
            "play '"
                + play.name()
                + "'"
                + (batches.size() > 1 ? ", batch " + (i + 1) : "")
                + ": "
                + budget.reason());
      }
    }
    return Optional.empty();
  }

  private void batch(List<Device> devices, BatchControl control, ExecutorService threads) {
    Semaphore gate = new Semaphore(request.concurrency());
    List<Future<?>> running = new ArrayList<>();
    for (Device device : devices) {
      running.add(
          threads.submit(
              () -> {
                gate.acquireUninterruptibly();
                try {
                  device(device, control);
                } finally {
                  gate.release();
                }
              }));
    }
    running.forEach(PlayRun::await);
  }

  private void device(Device device, BatchControl control) {
    if (stop.isAsked() || control.budget().isSpent()) {
      return;
    }
    services.journal().append(new RunEvent.DeviceStarted(play.number(), device.name()));
    DeviceLink link =
        links.add(new DeviceLink(seen -> services.links().connect(device.name(), seen)));
    DeviceLink controller = links.add(new DeviceLink(seen -> new LocalConnection()));
    Optional<DeviceStatus> status;
    try {
      status = new DeviceRun(session(device, control, link, controller)).execute();
      if (status.isPresent()) {
        // A device that was stopped on the way keeps its lock for whoever resumes the run.
        String step = request.run() + "/" + device.name() + "/" + play.number() + ".unlock";
        request.lock().ifPresent(lock -> link.unlock(request.run(), step, lock));
      }
    } catch (JournalFailed stopsTheRun) {
      throw stopsTheRun;
    } catch (RuntimeException | Error ours) {
      // Steps hold their own failures; what comes from around them is still this device's alone.
      LOG.error("device {}", device.name(), new Text(fleet.of(device).redactor()).redacted(ours));
      status = Optional.of(DeviceStatus.FAILED);
      control.budget().failed(device.name(), false);
      services.journal().append(broken(device, ours));
    } finally {
      links.close(link);
      links.close(controller);
    }
    status.ifPresent(
        how -> {
          fleet.ended(device.name(), how);
          services.journal().append(new RunEvent.DeviceEnded(play.number(), device.name(), how));
        });
  }

  // As a step, so that the journal and the report say why the device is lost.
  private RunEvent.StepEnded broken(Device device, Throwable ours) {
    Text text = new Text(fleet.of(device).redactor());
    StepFailed failure = Step.ours(ours);
    return new RunEvent.StepEnded(
        new StepId(request.run(), device.name(), play.number() + ".device", "", 1),
        "edgefleet",
        "edgefleet",
        play.place().toString(),
        StepStatus.FAILED,
        false,
        0,
        text.redacted(failure.what()),
        failure.remedy(),
        List.of(),
        "",
        Map.of(),
        "");
  }

  private DeviceSession session(
      Device device, BatchControl control, DeviceLink link, DeviceLink controller) {
    DeviceState state = fleet.of(device);
    DeviceVariables variables =
        new DeviceVariables(
            play,
            state,
            request.extraVariables(),
            OwnVariables.of(
                request,
                control.view(),
                device,
                new HostVariables(fleet, request, services, state)));
    services.links().learnSecrets(variables.ofPlay(), state::learn);
    return new DeviceSession(
        request, services, play, state, variables, link, controller, control, stop);
  }

  private static List<String> names(List<Device> devices) {
    return devices.stream().map(Device::name).toList();
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
}
