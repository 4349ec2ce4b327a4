package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.Expression;
import dev.edgefleet.playbook.Param;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code debug}: prints a text or a variable. */
public final class DebugAction implements Action<DebugAction.Parameters> {
  /** Parameters of {@code debug}. */
  public record Parameters(
      @Param("Text to print.") Optional<String> msg,
      @Param("Variable or expression to print; instead of msg.") Optional<Expression> var) {
    public Parameters {
      if (msg.isPresent() && var.isPresent()) {
        throw new BadInput("debug takes 'msg' or 'var', not both", "leave one out");
      }
    }
  }

  @Override
  public String name() {
    return "debug";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Prints a text or a variable.");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    if (parameters.var().isEmpty()) {
      String text = parameters.msg().orElse("Hello world!");
      return Outcome.ok(text).withValues(Map.of("msg", text));
    }
    Expression expression = parameters.var().get();
    Map<String, @Nullable Object> shown = new HashMap<>();
    shown.put(expression.text(), context.evaluate(expression));
    return Outcome.ok(expression.text() + ": " + shown.get(expression.text())).withValues(shown);
  }
}
