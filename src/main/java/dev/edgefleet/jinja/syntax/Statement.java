package dev.edgefleet.jinja.syntax;

import java.util.List;
import java.util.Optional;

/** The parsed form of a template: texts, expressions to print, and statements. */
public sealed interface Statement {
  record Data(String text) implements Statement {}

  record Print(Expression value, int offset) implements Statement {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression condition, List<Statement> body) {}

  record For(
      Target target,
      Expression over,
      Optional<Expression> filter,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {}

  record Set(Target target, Expression value) implements Statement {}

  /** {@code {% set name | filters %}...{% endset %}}. */
  record SetBlock(Target target, List<Expression.Filtered> filters, List<Statement> body)
      implements Statement {}

  record Macro(String name, List<Parameter> parameters, List<Statement> body)
      implements Statement {}

  record Parameter(String name, Optional<Expression> otherwise) {}

  /** {@code {% call(parameters) macro(...) %}...{% endcall %}}. */
  record CallBlock(List<Parameter> parameters, Expression.Call call, List<Statement> body)
      implements Statement {}

  /** The filters' innermost operand is a placeholder for the rendered body. */
  record FilterBlock(List<Expression.Filtered> filters, List<Statement> body)
      implements Statement {}

  record With(List<Set> values, List<Statement> body) implements Statement {}

  /** What {@code for} and {@code set} assign to. */
  sealed interface Target {
    record Variable(String name) implements Target {}

    /** {@code namespace.attribute}. */
    record Member(String namespace, String attribute) implements Target {}

    record Several(List<Target> targets) implements Target {}
  }
}
