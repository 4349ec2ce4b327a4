package dev.edgefleet.action.control;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.playbook.parameter.Param;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code assert}: fails the device unless every condition holds. */
public final class AssertAction implements Action<AssertAction.Parameters> {
  /** Parameters of {@code assert}. */
  public record Parameters(
      @Param("Conditions, each an expression without braces.") List<JinjaExpression> that,
      @Param(value = "What to say when one does not hold.", aliases = "msg")
          Optional<String> failMsg,
      @Param(value = "What to say when all hold.", byDefault = "All assertions passed")
          String successMsg,
      @Param(value = "Say nothing when all hold.", byDefault = "false") boolean quiet) {}

  @Override
  public String name() {
    return "assert";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Fails the device unless every condition holds.")
        .note("The first condition that does not hold ends it; later ones are not looked at.")
        .example(
            "Stop where something is missing",
            """
            - assert:
                that:
                  - inventory_hostname is defined
                  - inventory_hostname | length > 0
                fail_msg: this device has no name
            """)
        .returning("msg", "text", "success_msg or fail_msg")
        .returning("assertion", "text", "the condition that does not hold")
        .returning("evaluated_to", "truth", "false, when one does not hold");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    for (JinjaExpression condition : parameters.that()) {
      if (!context.holds(condition)) {
        return Outcome.failed(
                parameters.failMsg().orElse("the assertion does not hold: " + condition.text()),
                parameters.failMsg().isPresent() ? "assertion: " + condition.text() : "")
            .withValues(
                Map.of(
                    "msg",
                    parameters.failMsg().orElse("Assertion failed"),
                    "assertion",
                    condition.text(),
                    "evaluated_to",
                    false));
      }
    }
    return Outcome.ok(parameters.quiet() ? "" : parameters.successMsg())
        .withValues(Map.of("msg", parameters.successMsg()));
  }
}
