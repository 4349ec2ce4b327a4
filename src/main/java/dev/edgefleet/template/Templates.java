package dev.edgefleet.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import dev.edgefleet.failure.BadInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Jinja with Jinjava. Safe for use by many threads.
 *
 * <p>What a template gives is never evaluated again, so that text which came from a device cannot
 * become an expression.
 */
public final class Templates {
  private final Jinjava jinjava;

  public Templates() {
    LegacyOverrides asJinja2 =
        LegacyOverrides.newBuilder()
            .withUsePyishObjectMapper(true)
            .withKeepNullableLoopValues(true)
            .withIterateOverMapKeys(true)
            .withParseWhitespaceControlStrictly(true)
            .withUseNaturalOperatorPrecedence(true)
            .build();
    jinjava =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withFailOnUnknownTokens(true)
                .withNestedInterpretationEnabled(false)
                .withTrimBlocks(true)
                .withLegacyOverrides(asJinja2)
                .build());
    ResultTest.all().forEach(jinjava.getGlobalContext()::registerExpTest);
  }

  /**
   * A value with every template in it evaluated, lists and mappings included. A text that is one
   * expression and nothing else keeps the expression's type.
   *
   * @throws BadInput without a place; see {@link BadInput#at}
   */
  public @Nullable Object evaluate(@Nullable Object raw, Variables variables) {
    return new Evaluation(this, variables).evaluate(raw);
  }

  /**
   * A bare expression, as in {@code when}.
   *
   * @throws BadInput when it is undefined or not a truth value
   */
  public boolean condition(Object expression, Variables variables) {
    return new Evaluation(this, variables).condition(expression);
  }

  /** The evaluated value of one variable; empty when there is none of that name. */
  public Optional<Object> variable(String name, Variables variables) {
    return variables
        .find(name)
        .map(found -> found.literal() ? found.value() : evaluate(found.value(), variables));
  }

  Jinjava jinjava() {
    return jinjava;
  }

  // Jinjava notes what was resolved in the parent context too, which is not safe between threads.
  Context freshContext() {
    return new Context(jinjava.getGlobalContextCopy());
  }
}
