package dev.edgefleet.action;

/**
 * One thing a task can do. Look, compare, act: read the device's state, compute the change, make it
 * only when there is one and only when this is not a check run.
 *
 * @param <P> record of its parameters; see {@code dev.edgefleet.playbook.parameter.Param}
 */
public interface Action<P extends Record> {
  /** The word in the playbook, such as {@code copy}. */
  String name();

  Class<P> parameters();

  /** What {@code edgefleet doc} says of it. */
  Documentation documentation();

  /**
   * Whether doing it again is right when it is not known whether it was done: it looks before it
   * acts, or asks the device for its own note of the step.
   */
  default boolean repeatable(P parameters) {
    return true;
  }

  /** What of it there is on Linux devices. */
  default LinuxSupport onLinux() {
    return new LinuxSupport.Whole();
  }

  /**
   * @throws dev.edgefleet.failure.Failure for everything the operator can do something about
   */
  Outcome apply(P parameters, ActionContext context);
}
