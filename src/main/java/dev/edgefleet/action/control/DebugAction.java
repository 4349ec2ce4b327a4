package dev.edgefleet.action.control;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.playbook.parameter.Param;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code debug}: prints a text or a variable. */
public final class DebugAction implements Action<DebugAction.Parameters> {
  private static final String UNDEFINED = "VARIABLE IS NOT DEFINED!";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

  /** Parameters of {@code debug}. */
  public record Parameters(
      @Param("What to print: a text, or any value.") Optional<Object> msg,
      @Param("Variable or expression to print; instead of msg.") Optional<JinjaExpression> var,
      @Param(value = "Only 0: everything is printed.", byDefault = "0") int verbosity) {
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
    return Documentation.of("Prints a text or a variable.")
        .note(
            "var takes an expression without braces; a variable that is not defined is no failure.")
        .note("With a verbosity above 0 the task is skipped: there are no levels of verbosity.")
        .example(
            "Print a text",
            """
            - debug:
                msg: "this is {{ inventory_hostname }}"
            """)
        .example(
            "Print a value",
            """
            - debug:
                var: group_names
            """)
        .returning("msg", "any", "what was printed; with var it is under the expression's text");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    if (parameters.verbosity() > 0) {
      return Outcome.skipped("its verbosity is " + parameters.verbosity());
    }
    if (parameters.var().isEmpty()) {
      Object msg = parameters.msg().orElse("Hello world!");
      return Outcome.ok(PrintedValue.of(msg)).withValues(Map.of("msg", msg));
    }
    JinjaExpression expression = parameters.var().get();
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put(expression.text(), value(expression, context));
    return Outcome.ok(expression.text() + ": " + PrintedValue.of(shown.get(expression.text())))
        .withValues(shown);
  }

  // Only of a variable: an error in an expression stays one.
  private static @Nullable Object value(JinjaExpression expression, ActionContext context) {
    boolean undefined =
        VARIABLE.matcher(expression.text()).matches()
            && !context.holds(new JinjaExpression(expression.text() + " is defined"));
    return undefined ? UNDEFINED : context.evaluate(expression);
  }
}
