package dev.edgefleet.engine.wave;

import dev.edgefleet.connect.DeviceConnection;
import dev.edgefleet.connect.OpenConnections;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.engine.resume.ResumeText;
import dev.edgefleet.engine.step.BlockContext;
import dev.edgefleet.engine.step.DeviceVariables;
import dev.edgefleet.engine.step.Handlers;
import dev.edgefleet.engine.step.HostVariables;
import dev.edgefleet.engine.step.JournalText;
import dev.edgefleet.engine.step.MagicVariables;
import dev.edgefleet.engine.step.StepExecution;
import dev.edgefleet.engine.step.TaskEnd;
import dev.edgefleet.engine.step.TaskRunner;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.journal.resume.ResumeRecord;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.transport.local.LocalConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device's part in a play, from its first connection to its last record. */
final class DevicePart {
  private static final Logger LOG = LoggerFactory.getLogger(DevicePart.class);

  private final RunRequest request;
  private final RunServices services;
  private final Play play;
  private final FleetState fleet;
  private final OpenConnections links;
  private final StopSignal stop;

  DevicePart(
      RunRequest request,
      RunServices services,
      Play play,
      FleetState fleet,
      OpenConnections links,
      StopSignal stop) {
    this.request = request;
    this.services = services;
    this.play = play;
    this.fleet = fleet;
    this.links = links;
    this.stop = stop;
  }

  /** Goes through the play's tasks. */
  DeviceEnd run(Device device, WaveContext control) {
    if (stop.isAsked()) {
      return new DeviceEnd.Interrupted();
    }
    if (!services.history().device(device.name()).hasStarted(play.number())) {
      services.journal().append(new RunEvent.DeviceStarted(play.number(), device.name()));
    }
    DeviceEnd end;
    try {
      end = with(device, control, this::through);
    } catch (JournalFailed stopsTheRun) {
      throw stopsTheRun;
    } catch (RuntimeException | Error ours) {
      // Steps hold their own failures; what comes from around them is still this device's alone.
      LOG.error(
          "device {}", device.name(), new JournalText(fleet.of(device).redactor()).redacted(ours));
      end = new DeviceEnd.Through(DeviceStatus.FAILED);
      services.journal().append(broken(device, ours));
    }
    if (end instanceof DeviceEnd.Through through) {
      fleet.ended(device.name(), through.status());
      services
          .journal()
          .append(
              new RunEvent.DeviceEnded(play.number(), device.name(), through.status()),
              new ResumeRecord(
                  device.name(), ResumeText.write(fleet.of(device).keep(play.number()).asMap())));
    }
    return end;
  }

  // A device that was stopped on the way keeps its lock for whoever resumes the run.
  private DeviceEnd through(DeviceSession session) {
    DeviceEnd end = new DeviceRun(session).execute();
    if (end instanceof DeviceEnd.Through) {
      String step = request.run() + "/" + session.device() + "/" + play.number() + ".unlock";
      request.lock().ifPresent(lock -> session.link().unlock(request.run(), step, lock));
    }
    return end;
  }

  /**
   * Looks at a device that is through, as its wave's gate wants.
   *
   * @return whether it is healthy
   */
  TaskEnd look(Device device, Task gate, WaveContext control) {
    try {
      return with(
          device,
          control,
          session ->
              new TaskRunner(session, new Handlers(play, services.templates()))
                  .run(gate, gate.path(), BlockContext.PLAY, stop::isAsked)
                  .end());
    } catch (JournalFailed stopsTheRun) {
      throw stopsTheRun;
    } catch (RuntimeException | Error ours) {
      LOG.error(
          "gate {}", device.name(), new JournalText(fleet.of(device).redactor()).redacted(ours));
      services.journal().append(broken(device, ours));
      return TaskEnd.FAILED;
    }
  }

  /** What a device works with, its connections not opened yet; for a look at what it did before. */
  DeviceSession past(Device device, WaveContext control) {
    return session(device, control, link(device), controller());
  }

  private <T> T with(Device device, WaveContext control, Function<DeviceSession, T> work) {
    DeviceConnection link = links.add(link(device));
    DeviceConnection controller = links.add(controller());
    try {
      return work.apply(session(device, control, link, controller));
    } finally {
      links.close(link);
      links.close(controller);
    }
  }

  private DeviceConnection link(Device device) {
    return new DeviceConnection(
        seen -> services.links().connect(device.name(), seen), services.answers());
  }

  private DeviceConnection controller() {
    return new DeviceConnection(seen -> new LocalConnection(), services.answers());
  }

  private DeviceSession session(
      Device device, WaveContext control, DeviceConnection link, DeviceConnection controller) {
    DeviceState state = fleet.of(device);
    DeviceVariables variables =
        new DeviceVariables(
            play,
            state,
            request.extraVariables(),
            MagicVariables.of(
                request,
                control.view(),
                device,
                new HostVariables(fleet, request, services, state)),
            request.login().user());
    services.links().learnSecrets(variables.ofPlay(), state::learn);
    return new DeviceSession(
        request,
        services,
        play,
        state,
        variables,
        link,
        controller,
        control,
        services.history().device(device.name()),
        stop);
  }

  // As a step, so that the journal and the report say why the device is lost.
  private RunEvent.StepEnded broken(Device device, Throwable ours) {
    JournalText text = new JournalText(fleet.of(device).redactor());
    StepFailed failure = StepExecution.ours(ours);
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
}
