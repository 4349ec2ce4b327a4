package dev.edgefleet.action.control;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.playbook.parameter.Param;
import java.util.Map;

/** {@code fail}: fails the device with a message. */
public final class FailAction implements Action<FailAction.Parameters> {
  /** Parameters of {@code fail}. */
  public record Parameters(
      @Param(value = "Why.", byDefault = "Failed as requested from task") String msg) {}

  @Override
  public String name() {
    return "fail";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Fails the device with a message.")
        .note("Without when it fails every device.")
        .example(
            "Stop where a variable is missing",
            """
            - fail:
                msg: "{{ inventory_hostname }} has no id_scope"
              when: id_scope is not defined
            """)
        .returning("msg", "text", "the message");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    return Outcome.failed(parameters.msg(), "").withValues(Map.of("msg", parameters.msg()));
  }
}
