package dev.edgefleet.action;

import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.Expression;
import dev.edgefleet.playbook.Param;
import java.util.List;
import java.util.Optional;

/** {@code assert}: fails the device unless every condition holds. */
public final class AssertAction implements Action<AssertAction.Parameters> {
  /** Parameters of {@code assert}. */
  public record Parameters(
      @Param("Conditions, each an expression without braces.") List<Expression> that,
      @Param("What to say when one does not hold.") Optional<String> failMsg,
      @Param(value = "What to say when all hold.", byDefault = "all assertions hold")
          String successMsg) {}

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
    return Documentation.of("Fails the device unless every condition holds.");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    for (Expression condition : parameters.that()) {
      if (!context.holds(condition)) {
        throw new StepFailed(
            parameters.failMsg().orElse("the assertion does not hold: " + condition.text()),
            parameters.failMsg().isPresent() ? "assertion: " + condition.text() : "");
      }
    }
    return Outcome.ok(parameters.successMsg());
  }
}
