package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.TemplateError;
import dev.edgefleet.jinja.python.Numbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of any value. Values are null, {@code Boolean}, numbers, {@code String}, {@code
 * List} ({@link Tuple} among them), {@code Map}, {@link Undefined}, {@link Callable}s and moments.
 */
public final class JinjaValues {
  private JinjaValues() {}

  public static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case BigInteger number -> number.signum() != 0;
      case Number number -> number.doubleValue() != 0;
      case String text -> !text.isEmpty();
      case Undefined undefined when undefined.isNothing() -> false;
      case Collection<?> items -> !items.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Undefined undefined -> throw new UndefinedUse(undefined);
      default -> true;
    };
  }

  /** How a message calls a value of this kind. */
  public static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case Boolean ignored -> "a truth value";
      case Number number -> Numbers.isInteger(number) ? "a whole number" : "a number";
      case String ignored -> "text";
      case Tuple ignored -> "a tuple";
      case Collection<?> ignored -> "a list";
      case Map<?, ?> ignored -> "a mapping";
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case Callable ignored -> "a function";
      default -> "a " + value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    };
  }

  /** Python's name of the type. */
  public static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "NoneType";
      case Boolean ignored -> "bool";
      case Number number -> Numbers.isInteger(number) ? "int" : "float";
      case String ignored -> "str";
      case Tuple ignored -> "tuple";
      case Collection<?> ignored -> "list";
      case Map<?, ?> ignored -> "dict";
      case Undefined ignored -> "AnsibleUndefined";
      case Callable ignored -> "function";
      case Timestamp ignored -> "datetime";
      default -> value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    };
  }

  /** What {@code for} goes through: items, keys, characters. */
  public static List<? extends @Nullable Object> items(@Nullable Object value) {
    return switch (value) {
      case List<?> items -> items;
      case Collection<?> items -> new ArrayList<>(items);
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      case String text -> characters(text);
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case null, default ->
          throw new TemplateError(
              kind(value) + " cannot be gone through", "give a list or a mapping");
    };
  }

  public static boolean isIterable(@Nullable Object value) {
    return value instanceof Collection || value instanceof Map || value instanceof String;
  }

  public static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  public static int length(@Nullable Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case Collection<?> items -> items.size();
      case Map<?, ?> map -> map.size();
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case null, default ->
          throw new TemplateError(
              kind(value) + " has no length", "give a text, a list or a mapping");
    };
  }

  public static Map<?, ?> map(@Nullable Object value, String wanting) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new TemplateError(
        wanting + " needs a mapping, not " + kind(value), "give a mapping, as in {'key': 'value'}");
  }

  /** The value itself; an error when it is undefined, also deep inside. */
  public static @Nullable Object defined(@Nullable Object value) {
    switch (value) {
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case Map<?, ?> map -> map.values().forEach(JinjaValues::defined);
      case List<?> items -> items.forEach(JinjaValues::defined);
      case null, default -> {}
    }
    return value;
  }
}
