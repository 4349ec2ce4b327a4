package dev.edgefleet.engine;

/**
 * Where in its blocks a task stands.
 *
 * @param rescued whether a {@code rescue} section takes over when it fails
 * @param always whether it is in an {@code always} section, which runs whatever happens
 */
record Within(boolean rescued, boolean always) {
  static final Within PLAY = new Within(false, false);

  Within tasksWithRescue() {
    return new Within(true, always);
  }

  Within alwaysSection() {
    return new Within(rescued, true);
  }
}
