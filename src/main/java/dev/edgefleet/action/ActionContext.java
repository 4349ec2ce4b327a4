package dev.edgefleet.action;

import dev.edgefleet.remote.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What an action may use: its device, the controller's files, and how the run was asked for. */
public interface ActionContext {
  /** Inventory name of the device. */
  String device();

  /** Performs a remote operation under the task's own become and deadline. */
  <R> R perform(Operation<R> operation);

  /** As {@link #perform(Operation)}, with a deadline of its own. */
  <R> R perform(Operation<R> operation, Duration limit);

  /** True when nothing on the device may be changed. */
  boolean check();

  /**
   * A file on the controller. Relative paths are looked up beside the playbook, in its {@code
   * files} folder, then in the working directory.
   *
   * @throws dev.edgefleet.failure.BadInput when there is no such file, naming where it was looked
   *     for
   */
  Path controllerFile(String path);

  /** The variables in force for this device at this task. */
  Map<String, Object> variables();
}
