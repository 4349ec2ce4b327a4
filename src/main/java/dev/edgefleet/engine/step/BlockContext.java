package dev.edgefleet.engine.step;

/**
 * Where in its blocks a task stands.
 *
 * @param rescued whether a section of its block takes over when it fails
 * @param always whether its section is one that runs whatever happens
 */
public record BlockContext(boolean rescued, boolean always) {
  public static final BlockContext PLAY = new BlockContext(false, false);

  public BlockContext tasksWithRescue() {
    return new BlockContext(true, always);
  }

  public BlockContext alwaysSection() {
    return new BlockContext(rescued, true);
  }
}
