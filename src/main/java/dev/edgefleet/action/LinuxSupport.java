package dev.edgefleet.action;

import java.util.Set;

/** What of an action there is on Linux devices, for those that are not the same everywhere. */
public sealed interface LinuxSupport {
  /** All of it. */
  record Whole() implements LinuxSupport {}

  /** Nothing: the action is for Windows. */
  record None() implements LinuxSupport {}

  /**
   * Only with some values of one parameter.
   *
   * @param parameter its name
   * @param byDefault what it is when a task does not give it
   */
  record With(String parameter, String byDefault, Set<String> values) implements LinuxSupport {}
}
