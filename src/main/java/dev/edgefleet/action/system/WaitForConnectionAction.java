package dev.edgefleet.action.system;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.system.BootIdentity;
import java.time.Duration;
import java.util.Map;

/** {@code wait_for_connection}: waits until the device can be logged in to and answers. */
public final class WaitForConnectionAction implements Action<WaitForConnectionAction.Parameters> {
  /** Parameters of {@code wait_for_connection}. */
  public record Parameters(
      @Param(value = "How long to wait before the first attempt.", byDefault = "0s") Duration delay,
      @Param(value = "How long to go on trying.", byDefault = "10m") Duration timeout,
      @Param(value = "Pause between two attempts.", byDefault = "1s") Duration sleep,
      @Param(value = "How long one attempt may take.", byDefault = "5s") Duration connectTimeout) {}

  @Override
  public String name() {
    return "wait_for_connection";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Waits until the device can be logged in to and answers.")
        .note(
            "Each attempt logs in anew. A login that is refused is tried again as well, for a device"
                + " that is starting refuses everybody; a sudo password that is refused ends the"
                + " wait.")
        .note("The step's own deadline (--step-timeout, or the task's timeout) ends it as well.")
        .example(
            "Wait for a device that is being started",
            """
            - wait_for_connection:
                timeout: 5m
            """)
        .returning("elapsed", "number", "seconds until it answered");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Countdown wait = Countdown.of(wanted.timeout());
    context.pause(wanted.delay());
    Reconnection.until(
        wanted.timeout(),
        wanted.sleep(),
        wanted.connectTimeout(),
        context,
        () -> context.perform(new BootIdentity(), wanted.connectTimeout()));
    long elapsed = wait.elapsed().toSeconds();
    return Outcome.ok("it answered after " + elapsed + " s").withValues(Map.of("elapsed", elapsed));
  }
}
