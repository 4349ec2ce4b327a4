package dev.edgefleet.jinja;

import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.python.Numbers;
import dev.edgefleet.jinja.value.JinjaValues;
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
public record Arguments(
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
  public Arguments bound(String... parameters) {
    List<String> names = new ArrayList<>(parameters.length);
    for (String parameter : parameters) {
      names.add(parameter.replace("!", ""));
    }
    if (positional.size() > names.size()) {
      throw new TemplateError(
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
            throw new TemplateError(
                of + " has no argument '" + name + "'", Nearest.remedy(name, names));
          }
          if (all.containsKey(name)) {
            throw new TemplateError(of + " is given '" + name + "' twice", "give it once");
          }
          all.put(name, value);
        });
    for (String parameter : parameters) {
      if (parameter.endsWith("!") && !all.containsKey(parameter.replace("!", ""))) {
        throw new TemplateError(
            of + " needs the argument '" + parameter.replace("!", "") + "'",
            "it takes: " + String.join(", ", names));
      }
    }
    return new Arguments(of, List.of(), all);
  }

  public boolean has(String name) {
    return named.containsKey(name);
  }

  public @Nullable Object get(String name) {
    return named.get(name);
  }

  public @Nullable Object get(String name, @Nullable Object otherwise) {
    return named.containsKey(name) ? named.get(name) : otherwise;
  }

  public boolean truth(String name, boolean otherwise) {
    return has(name) ? JinjaValues.truth(named.get(name)) : otherwise;
  }

  public String text(String name, String otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    if (named.get(name) instanceof String text) {
      return text;
    }
    throw new TemplateError(
        "'" + name + "' of " + of + " is " + JinjaValues.kind(named.get(name)) + ", not text",
        "give a text");
  }

  public String text(String name) {
    return text(name, "");
  }

  public int integer(String name, int otherwise) {
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
    throw new TemplateError(
        "'" + name + "' of " + of + " is " + JinjaValues.kind(value) + ", not a whole number",
        "give a whole number");
  }

  public int integer(String name) {
    return integer(name, 0);
  }
}
