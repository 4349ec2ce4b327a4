package dev.edgefleet.jinja;

import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PercentFormat;
import dev.edgefleet.jinja.syntax.Expression.BinaryOperator;
import dev.edgefleet.jinja.syntax.Expression.UnaryOperator;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.TimeSpan;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic, and what the same signs do to texts and lists. */
public final class Operators {
  private Operators() {}

  static Object unary(UnaryOperator operator, @Nullable Object value) {
    if (value == null || !Numbers.isNumber(value)) {
      throw new TemplateError(
          "a sign stands before " + JinjaValues.kind(value), "give a number, as in x | int");
    }
    return switch (operator) {
      case NEGATE ->
          Numbers.isFloat(value) ? (Object) (-Numbers.real(value)) : Numbers.subtract(0L, value);
      case PLUS -> Numbers.isFloat(value) ? value : Numbers.plain(Numbers.big(value));
    };
  }

  public static Object binary(
      BinaryOperator operator, @Nullable Object left, @Nullable Object right) {
    if (left != null && right != null && Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return numbers(operator, left, right);
    }
    return switch (operator) {
      case ADD -> added(left, right);
      case SUBTRACT -> subtracted(left, right);
      case MULTIPLY -> multiplied(left, right);
      case MODULO -> {
        if (left instanceof String format) {
          yield PercentFormat.format(format, right);
        }
        throw unfit(operator, left, right);
      }
      case DIVIDE, FLOOR_DIVIDE, POWER -> throw unfit(operator, left, right);
    };
  }

  private static Object subtracted(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Timestamp moment && right instanceof Timestamp other) {
      return moment.since(other);
    }
    if (left instanceof Timestamp moment && right instanceof TimeSpan span) {
      return moment.plus(span.negated());
    }
    throw unfit(BinaryOperator.SUBTRACT, left, right);
  }

  private static Object numbers(BinaryOperator operator, Object left, Object right) {
    return switch (operator) {
      case ADD -> Numbers.add(left, right);
      case SUBTRACT -> Numbers.subtract(left, right);
      case MULTIPLY -> Numbers.multiply(left, right);
      case DIVIDE -> Numbers.divide(left, right);
      case FLOOR_DIVIDE -> Numbers.floorDivide(left, right);
      case MODULO -> Numbers.modulo(left, right);
      case POWER -> Numbers.power(left, right);
    };
  }

  private static Object added(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String a && right instanceof String b) {
      return Limits.text((long) a.length() + b.length(), () -> a + b);
    }
    if (left instanceof List<?> a
        && right instanceof List<?> b
        && a instanceof Tuple == b instanceof Tuple) {
      List<@Nullable Object> all = new ArrayList<>(a);
      all.addAll(b);
      return a instanceof Tuple ? Tuple.of(all) : all;
    }
    if (left instanceof Timestamp moment && right instanceof TimeSpan span) {
      return moment.plus(span);
    }
    throw unfit(BinaryOperator.ADD, left, right);
  }

  private static Object multiplied(@Nullable Object left, @Nullable Object right) {
    if (right != null && (left instanceof String || left instanceof List)) {
      return repeated(left, right);
    }
    if (left != null && (right instanceof String || right instanceof List)) {
      return repeated(right, left);
    }
    throw unfit(BinaryOperator.MULTIPLY, left, right);
  }

  private static Object repeated(Object value, Object times) {
    if (!Numbers.isNumber(times) || Numbers.isFloat(times)) {
      throw unfit(BinaryOperator.MULTIPLY, value, times);
    }
    int count = Limits.count(Numbers.big(times));
    if (value instanceof String text) {
      return Limits.text((long) text.length() * count, () -> text.repeat(count));
    }
    List<?> items = (List<?>) value;
    Limits.items((long) items.size() * count);
    List<@Nullable Object> all = new ArrayList<>(items.size() * count);
    for (int i = 0; i < count; i++) {
      all.addAll(items);
    }
    return value instanceof Tuple ? Tuple.of(all) : all;
  }

  private static TemplateError unfit(
      BinaryOperator operator, @Nullable Object left, @Nullable Object right) {
    String does =
        switch (operator) {
          case ADD -> "add";
          case SUBTRACT -> "subtract";
          case MULTIPLY -> "multiply";
          case DIVIDE, FLOOR_DIVIDE -> "divide";
          case MODULO -> "take the remainder of";
          case POWER -> "raise to a power";
        };
    boolean text = left instanceof String || right instanceof String;
    return new TemplateError(
        "it cannot " + does + " " + JinjaValues.kind(left) + " and " + JinjaValues.kind(right),
        operator == BinaryOperator.ADD && text
            ? "join texts with ~, or convert with | int or | string"
            : "convert one of them, as in x | int");
  }
}
