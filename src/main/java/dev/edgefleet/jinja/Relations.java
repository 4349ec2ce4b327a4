package dev.edgefleet.jinja;

import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.syntax.Expression.Relation;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.TimeSpan;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Tuple;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality, order and membership, as Python has them. */
public final class Relations {
  private Relations() {}

  public static boolean holds(Relation relation, @Nullable Object left, @Nullable Object right) {
    return switch (relation) {
      case EQUAL -> equal(left, right);
      case NOT_EQUAL -> !equal(left, right);
      case LESS -> compare(left, right) < 0;
      case LESS_OR_EQUAL -> compare(left, right) <= 0;
      case GREATER -> compare(left, right) > 0;
      case GREATER_OR_EQUAL -> compare(left, right) >= 0;
      case IN -> contains(right, left);
      case NOT_IN -> !contains(right, left);
    };
  }

  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    used(left);
    used(right);
    if (left instanceof String || left == null) {
      return Objects.equals(left, right);
    }
    if (right != null && Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return compareNumbers(left, right) == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return a instanceof Tuple == b instanceof Tuple && equalItems(a, b);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return a.size() == b.size()
          && a.entrySet().stream()
              .allMatch(e -> b.containsKey(e.getKey()) && equal(e.getValue(), b.get(e.getKey())));
    }
    return left.equals(right);
  }

  private static boolean equalItems(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> others = b.iterator();
    for (Object item : a) {
      if (!equal(item, others.next())) {
        return false;
      }
    }
    return true;
  }

  /** Negative, zero or positive; an error for values that have no order. */
  public static int compare(@Nullable Object left, @Nullable Object right) {
    used(left);
    used(right);
    if (left instanceof String a && right instanceof String b) {
      return comparePoints(a, b);
    }
    if (left != null && right != null && Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return compareNumbers(left, right);
    }
    if (left instanceof List<?> a
        && right instanceof List<?> b
        && a instanceof Tuple == b instanceof Tuple) {
      return compareItems(a, b);
    }
    if (left instanceof Timestamp a && right instanceof Timestamp b) {
      return a.at().compareTo(b.at());
    }
    if (left instanceof TimeSpan a && right instanceof TimeSpan b) {
      return a.length().compareTo(b.length());
    }
    throw new TemplateError(
        JinjaValues.kind(left) + " and " + JinjaValues.kind(right) + " have no order",
        "convert one of them, as in x | int");
  }

  private static int compareItems(List<?> a, List<?> b) {
    Iterator<?> others = b.iterator();
    for (Object item : a) {
      if (!others.hasNext()) {
        return 1;
      }
      Object other = others.next();
      if (!equal(item, other)) {
        return compare(item, other);
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int comparePoints(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static int compareNumbers(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    if (special(left) || special(right)) {
      double a = Numbers.real(left);
      double b = Numbers.real(right);
      return a == b ? 0 : a < b ? -1 : 1;
    }
    return exact(left).compareTo(exact(right));
  }

  private static boolean special(Object number) {
    return number instanceof Double real && (real.isNaN() || real.isInfinite());
  }

  private static BigDecimal exact(Object number) {
    return Numbers.isFloat(number)
        ? new BigDecimal(Numbers.real(number))
        : new BigDecimal(number instanceof BigInteger big ? big : Numbers.big(number));
  }

  public static boolean contains(@Nullable Object container, @Nullable Object item) {
    used(item);
    return switch (container) {
      case String text when item instanceof String part -> text.contains(part);
      case String ignored ->
          throw new TemplateError(
              "'in' a text looks for text, not for " + JinjaValues.kind(item), "add | string");
      case Map<?, ?> map -> map.containsKey(item);
      case List<?> items -> items.stream().anyMatch(one -> equal(one, item));
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case null, default ->
          throw new TemplateError(
              "'in' cannot look into " + JinjaValues.kind(container),
              "give a text, list or mapping");
    };
  }

  private static void used(@Nullable Object value) {
    if (value instanceof Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
  }
}
