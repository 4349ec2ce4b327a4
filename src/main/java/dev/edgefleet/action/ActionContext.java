package dev.edgefleet.action;

import dev.edgefleet.failure.Place;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an action may use: its device, the controller's files, and how the run was asked for. */
public interface ActionContext {
  /** Inventory name of the device. */
  String device();

  /** Connects, where that was not done yet: a device that cannot be reached at all says so. */
  void connect();

  /** True when this task's device is the controller itself. */
  boolean onController();

  /** True when the task's device runs Windows. */
  boolean onWindows();

  /** Has a value masked wherever the run tells of this device from now on. */
  void mask(Secret secret);

  /** Performs a remote operation under the task's own become and the run's step deadline. */
  <R> R perform(Operation<R> operation);

  /** As {@link #perform(Operation)}, with a deadline of its own where that is the shorter one. */
  <R> R perform(Operation<R> operation, Duration limit);

  /**
   * Performs what must not be left undone when the step's time is over, whatever is left of it.
   *
   * @param limit for it alone
   */
  <R> R performWithin(Operation<R> operation, Duration limit);

  /** How much of the step's time is left; a millisecond when it is over. */
  Duration left();

  /**
   * The same for a part of the step that has a job or a reboot of its own: both are known to the
   * device by step and part, and made once.
   *
   * @param name tells the part from the others of this step; the same each time it is done again
   */
  ActionContext part(String name);

  /** True when nothing on the device may be changed. */
  boolean check();

  /** True when old and new text of changed files is wanted. */
  boolean diff();

  /**
   * A file on the controller. Relative paths are looked up beside the playbook, in its {@code
   * files} directory, then in the working directory.
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
  @Nullable Object evaluate(JinjaExpression expression);

  /** Whether a condition holds under this task's variables. */
  boolean holds(JinjaExpression condition);

  /** A value as JSON, as {@code to_json} writes it. */
  String json(@Nullable Object value);

  /** What the task's {@code environment} gives to programs that run on the device, evaluated. */
  Map<String, String> environment();

  /**
   * A file on the controller, decrypted when it is an Ansible vault file.
   *
   * @throws dev.edgefleet.failure.BadInput when it cannot be read or no vault password opens it
   */
  byte[] content(Path controllerFile);

  /**
   * The variables that a YAML or JSON file on the controller holds; their values may hold Jinja and
   * be {@code Secret}s.
   *
   * @throws dev.edgefleet.failure.BadInput when it is not one
   */
  Map<String, @Nullable Object> variables(Path controllerFile);

  /**
   * A template file's text with its Jinja evaluated under this task's variables.
   *
   * @param place where the text is from, for errors
   * @throws dev.edgefleet.failure.BadInput when it cannot be evaluated
   */
  String render(String text, Place place, TemplateMarks marks);

  /**
   * Drops the connection and logs in anew.
   *
   * @param limit for the one attempt
   * @throws dev.edgefleet.failure.Unreachable when that does not succeed
   * @throws dev.edgefleet.failure.Refused when the device no longer lets us in
   */
  void reconnect(Duration limit);

  /**
   * Waits; gives up early when the operator stops the run or the step's deadline passes.
   *
   * @throws dev.edgefleet.failure.StepFailed when it gave up
   */
  void pause(Duration time);
}
