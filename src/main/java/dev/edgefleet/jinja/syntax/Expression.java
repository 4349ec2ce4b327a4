package dev.edgefleet.jinja.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parsed form of an expression. */
public sealed interface Expression {
  record Constant(@Nullable Object value) implements Expression {}

  record Name(String name) implements Expression {}

  record ListOf(List<Expression> items) implements Expression {}

  record TupleOf(List<Expression> items) implements Expression {}

  record MapOf(List<Entry> entries) implements Expression {}

  record Entry(Expression key, Expression value) {}

  record Unary(UnaryOperator operator, Expression operand) implements Expression {}

  record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

  record Concatenation(List<Expression> parts) implements Expression {}

  record And(Expression left, Expression right) implements Expression {}

  record Or(Expression left, Expression right) implements Expression {}

  record Not(Expression operand) implements Expression {}

  /** {@code a < b <= c}: each operand is looked at once. */
  record Comparison(Expression first, List<Step> steps) implements Expression {}

  record Step(Relation relation, Expression operand) {}

  record Conditional(Expression condition, Expression then, Optional<Expression> otherwise)
      implements Expression {}

  record Attribute(Expression of, String name) implements Expression {}

  record Item(Expression of, Expression key) implements Expression {}

  record Slice(
      Expression of,
      Optional<Expression> start,
      Optional<Expression> stop,
      Optional<Expression> step)
      implements Expression {}

  record Call(Expression function, CallArguments arguments) implements Expression {}

  /** {@code of | name(arguments)}; {@code offset} is where the name stands. */
  record Filtered(Expression of, String name, CallArguments arguments, int offset)
      implements Expression {}

  /** {@code of is name(arguments)}. */
  record Tested(Expression of, String name, CallArguments arguments, int offset)
      implements Expression {}

  record CallArguments(
      List<Expression> positional,
      List<Named> named,
      Optional<Expression> rest,
      Optional<Expression> namedRest) {
    public static final CallArguments NONE =
        new CallArguments(List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  record Named(String name, Expression value) {}

  /** {@code -x} and {@code +x}. */
  enum UnaryOperator {
    NEGATE,
    PLUS
  }

  /** Arithmetic. */
  enum BinaryOperator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    FLOOR_DIVIDE,
    MODULO,
    POWER
  }

  /** What a comparison asks. */
  enum Relation {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    NOT_IN
  }
}
