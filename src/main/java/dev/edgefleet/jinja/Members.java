package dev.edgefleet.jinja;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.python.ListMethods;
import dev.edgefleet.jinja.python.MapMethods;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.python.PythonText;
import dev.edgefleet.jinja.python.TextMethods;
import dev.edgefleet.jinja.value.Cycler;
import dev.edgefleet.jinja.value.JinjaValues;
import dev.edgefleet.jinja.value.LoopVariable;
import dev.edgefleet.jinja.value.Namespace;
import dev.edgefleet.jinja.value.TimeSpan;
import dev.edgefleet.jinja.value.Timestamp;
import dev.edgefleet.jinja.value.Tuple;
import dev.edgefleet.jinja.value.Undefined;
import dev.edgefleet.jinja.value.UndefinedUse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Attributes, items and slices of values. */
public final class Members {
  private Members() {}

  /**
   * {@code of.name}: a method of the value or what is under that key.
   *
   * @param path how the expression spells {@code of}
   */
  public static @Nullable Object attribute(
      @Nullable Object of, String name, Supplier<String> path) {
    if (of instanceof Undefined) {
      return of;
    }
    Object method = method(of, name);
    return method != null ? method : under(of, name, path);
  }

  /** {@code of[key]}. */
  public static @Nullable Object item(
      @Nullable Object of, @Nullable Object key, Supplier<String> path) {
    if (of instanceof Undefined) {
      return of;
    }
    if (key instanceof Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    Object value = under(of, key, path);
    if (value instanceof Undefined && key instanceof String name) {
      Object method = method(of, name);
      return method == null ? value : method;
    }
    return value;
  }

  private static @Nullable Object method(@Nullable Object of, String name) {
    return switch (of) {
      case String text -> TextMethods.find(text, name);
      case Map<?, ?> map -> MapMethods.find(map, name);
      case List<?> items -> ListMethods.find(items, name);
      case null, default -> null;
    };
  }

  private static @Nullable Object under(
      @Nullable Object of, @Nullable Object key, Supplier<String> path) {
    return switch (of) {
      case Map<?, ?> map -> {
        Object value = map.get(key);
        yield value != null || map.containsKey(key) ? value : missing(path, key, map.keySet());
      }
      case Tuple tuple when key instanceof String name -> tuple.member(name);
      case List<?> items -> at(items, key, path);
      case String text -> at(JinjaValues.characters(text), key, path);
      case Namespace namespace when key instanceof String name -> namespace.member(name);
      case LoopVariable loop when key instanceof String name -> loop.member(name);
      case Timestamp moment when key instanceof String name -> moment.member(name);
      case TimeSpan span when key instanceof String name -> span.member(name);
      case Cycler cycler when key instanceof String name -> cycler.member(name);
      case null, default -> missing(path, key, List.of());
    };
  }

  private static @Nullable Object at(List<?> items, @Nullable Object key, Supplier<String> path) {
    if (!Numbers.isInteger(key)) {
      return missing(path, key, List.of());
    }
    BigInteger index = Numbers.big(key);
    BigInteger size = BigInteger.valueOf(items.size());
    BigInteger real = index.signum() < 0 ? index.add(size) : index;
    return real.signum() < 0 || real.compareTo(size) >= 0
        ? Undefined.named(path.get() + "[" + index + "]")
        : items.get(real.intValue());
  }

  private static Undefined missing(
      Supplier<String> path, @Nullable Object key, Collection<?> known) {
    if (!(key instanceof String name)) {
      return Undefined.named(path.get() + "[" + PythonText.quoted(key) + "]");
    }
    return Undefined.named(
        path.get() + "." + name,
        () -> Nearest.to(name, known.stream().map(PythonText::of).toList()));
  }

  static Object slice(
      @Nullable Object of, @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
    return switch (of) {
      case String text -> String.join("", slice(JinjaValues.characters(text), start, stop, step));
      case Tuple tuple -> Tuple.of(slice((List<?>) tuple, start, stop, step));
      case List<?> items -> slice(items, start, stop, step);
      case Undefined undefined -> throw new UndefinedUse(undefined);
      case null, default ->
          throw new TemplateError(
              JinjaValues.kind(of) + " cannot be sliced", "give a text or a list");
    };
  }

  private static <T> List<T> slice(
      List<T> items, @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
    int size = items.size();
    int by = step == null ? 1 : bound(step);
    if (by == 0) {
      throw new TemplateError("a slice has a step of 0", "give another step");
    }
    int first = position(start, size, by, by > 0 ? 0 : size - 1);
    int last = position(stop, size, by, by > 0 ? size : -1);
    List<T> result = new ArrayList<>();
    for (long i = first; by > 0 ? i < last : i > last; i += by) {
      result.add(items.get((int) i));
    }
    return result;
  }

  private static int position(@Nullable Object bound, int size, int by, int otherwise) {
    if (bound == null) {
      return otherwise;
    }
    int index = bound(bound);
    int real = index < 0 ? index + size : index;
    return by > 0 ? Math.clamp(real, 0, size) : Math.clamp(real, -1, size - 1);
  }

  private static int bound(Object bound) {
    if (!Numbers.isInteger(bound)) {
      throw new TemplateError(
          "a slice's bound is " + JinjaValues.kind(bound), "give a whole number");
    }
    return Numbers.big(bound)
        .max(BigInteger.valueOf(-(1L << 30)))
        .min(BigInteger.valueOf(1L << 30))
        .intValue();
  }
}
