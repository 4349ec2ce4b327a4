package dev.edgefleet.action;

import dev.edgefleet.playbook.Expression;
import dev.edgefleet.remote.Operation;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an action may use: its device, the controller's files, and how the run was asked for. */
public interface ActionContext {
  /** Inventory name of the device. */
  String device();

  /** Performs a remote operation under the task's own become and the run's step deadline. */
  <R> R perform(Operation<R> operation);

  /** As {@link #perform(Operation)}, with a deadline of its own where that is the shorter one. */
  <R> R perform(Operation<R> operation, Duration limit);

  /** True when nothing on the device may be changed. */
  boolean check();

  /** True when old and new text of changed files is wanted. */
  boolean diff();

  /**
   * A file on the controller. Relative paths are looked up beside the playbook, in its {@code
   * files} folder, then in the working directory.
   *
   * @throws dev.edgefleet.failure.BadInput when there is no such file, naming where it was looked
   *     for
   */
  Path controllerFile(String path);

  /**
   * The value of an expression under this task's variables.
   *
   * @throws dev.edgefleet.failure.BadInput when it cannot be evaluated
   */
  @Nullable Object evaluate(Expression expression);

  /** Whether a condition holds under this task's variables. */
  boolean holds(Expression condition);
}
