package dev.edgefleet;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * A class whose {@code @BeforeAll} finds that something is missing skips each of its tests. Maven's
 * reports would not have a word of them: they know of tests, and a class that broke off had none.
 */
public final class SkippedByName implements InvocationInterceptor, ExecutionCondition {
  private static final ExtensionContext.Namespace MISSING =
      ExtensionContext.Namespace.create(SkippedByName.class);

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (missing(context).isPresent()) {
      invocation.skip();
      return;
    }
    try {
      invocation.proceed();
    } catch (TestAbortedException e) {
      context.getStore(MISSING).put("reason", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return missing(context)
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled(""));
  }

  private static Optional<String> missing(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(MISSING).get("reason", String.class));
  }
}
