package dev.edgefleet.engine.wave;

import dev.edgefleet.connect.DeviceConnection;
import dev.edgefleet.connect.DeviceLock;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.engine.resume.RecordedDevice;
import dev.edgefleet.engine.step.DeviceVariables;
import dev.edgefleet.engine.step.JournalText;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import java.util.Optional;

/**
 * What one device works with in one batch of a play.
 *
 * @param link to the device
 * @param controller for what is delegated to the controller
 * @param past what processes before this one did on it
 */
public record DeviceSession(
    RunRequest request,
    RunServices services,
    Play play,
    DeviceState state,
    DeviceVariables variables,
    DeviceConnection link,
    DeviceConnection controller,
    WaveContext batch,
    RecordedDevice past,
    StopSignal stop) {
  public String device() {
    return state.device().name();
  }

  public JournalText text() {
    return new JournalText(state.redactor());
  }

  public DeviceConnection link(Task task) {
    return task.keywords().onController() ? controller : link;
  }

  /** As whom what the task does locks its device; the controller is nobody's device. */
  public Optional<DeviceLock> lock(Task task) {
    return task.keywords().onController() ? Optional.empty() : request.lock();
  }
}
