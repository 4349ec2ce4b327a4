package dev.edgefleet.engine;

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
record DeviceSession(
    RunRequest request,
    RunServices services,
    Play play,
    DeviceState state,
    DeviceVariables variables,
    DeviceLink link,
    DeviceLink controller,
    BatchControl batch,
    DevicePast past,
    StopSignal stop) {
  String device() {
    return state.device().name();
  }

  Text text() {
    return new Text(state.redactor());
  }

  DeviceLink link(Task task) {
    return task.keywords().onController() ? controller : link;
  }

  /** As whom what the task does locks its device; the controller is nobody's device. */
  Optional<DeviceLock> lock(Task task) {
    return task.keywords().onController() ? Optional.empty() : request.lock();
  }
}
