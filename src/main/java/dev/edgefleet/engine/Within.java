package dev.edgefleet.engine;

/**
 * Where in its blocks a task stands.
 *
 * @param rescued whether a section of its block takes over when it fails
 * @param always whether its section is one that runs whatever happens
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
