package dev.edgefleet.template;

import dev.edgefleet.failure.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, in a function's own terms once they are {@link #bound}.
 *
 * @param of how a message names the function, such as {@code the filter 'indent'}
 */
record Arguments(
    String of,
    List<? extends @Nullable Object> positional,
    Map<String, ? extends @Nullable Object> named) {
  static Arguments none(String of) {
    return new Arguments(of, List.of(), Map.of());
  }

  /**
   * The same arguments, all by name.
   *
   * @param parameters their names in order; one that ends with {@code !} has to be given
   */
  Arguments bound(String... parameters) {
    List<String> names = new ArrayList<>(parameters.length);
    for (String parameter : parameters) {
      names.add(parameter.replace("!", ""));
    }
    if (positional.size() > names.size()) {
      throw new Fault(
          of
              + " takes "
              + (names.isEmpty() ? "no arguments" : "at most " + names.size())
              + ", not "
              + positional.size(),
          names.isEmpty() ? "leave them out" : "it takes: " + String.join(", ", names));
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      all.put(names.get(i), positional.get(i));
    }
    named.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            throw new Fault(of + " has no argument '" + name + "'", Nearest.remedy(name, names));
          }
          if (all.containsKey(name)) {
            throw new Fault(of + " is given '" + name + "' twice", "give it once");
          }
          all.put(name, value);
        });
    for (String parameter : parameters) {
      if (parameter.endsWith("!") && !all.containsKey(parameter.replace("!", ""))) {
        throw new Fault(
            of + " needs the argument '" + parameter.replace("!", "") + "'",
            "it takes: " + String.join(", ", names));
      }
    }
    return new Arguments(of, List.of(), all);
  }

  boolean has(String name) {
    return named.containsKey(name);
  }

  @Nullable Object get(String name) {
    return named.get(name);
  }

  @Nullable Object get(String name, @Nullable Object otherwise) {
    return named.containsKey(name) ? named.get(name) : otherwise;
  }

  boolean truth(String name, boolean otherwise) {
    return has(name) ? Values.truth(named.get(name)) : otherwise;
  }

  String text(String name, String otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    if (named.get(name) instanceof String text) {
      return text;
    }
    throw new Fault(
        "'" + name + "' of " + of + " is " + Values.kind(named.get(name)) + ", not text",
        "give a text");
  }

  String text(String name) {
    return text(name, "");
  }

  int integer(String name, int otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    Object value = named.get(name);
    if (value instanceof Boolean || Numbers.isInteger(value)) {
      return Numbers.big(value)
          .max(java.math.BigInteger.valueOf(Integer.MIN_VALUE))
          .min(java.math.BigInteger.valueOf(Integer.MAX_VALUE))
          .intValue();
    }
    throw new Fault(
        "'" + name + "' of " + of + " is " + Values.kind(value) + ", not a whole number",
        "give a whole number");
  }

  int integer(String name) {
    return integer(name, 0);
  }
}
