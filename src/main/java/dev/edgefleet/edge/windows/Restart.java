package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.system.RebootAction;
import java.time.Duration;
import java.util.Optional;

/** A restart of the device within a step. */
public final class Restart {
  private Restart() {}

  /**
   * Made once, whatever process of the run asks for it: the device notes the step.
   *
   * @return how it went, for the outcome
   */
  public static String of(Duration limit, ActionContext context) {
    return new RebootAction()
        .apply(
            new RebootAction.Parameters(Duration.ZERO, Duration.ZERO, limit, Optional.empty()),
            context)
        .message();
  }
}
