package dev.edgefleet.action.system;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.system.BootIdentity;
import java.util.Map;

/** {@code ping}: logs in and has the device answer. */
public final class PingAction implements Action<PingAction.Parameters> {
  /** Parameters of {@code ping}. */
  public record Parameters(@Param(value = "What it answers.", byDefault = "pong") String data) {}

  @Override
  public String name() {
    return "ping";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Logs in, with become becomes that user, and has a shell answer.")
        .example(
            "Can every device be reached",
            """
            - ping:
            """)
        .returning("ping", "text", "data");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    context.perform(new BootIdentity());
    return Outcome.ok(parameters.data()).withValues(Map.of("ping", parameters.data()));
  }
}
