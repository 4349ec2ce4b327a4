package dev.edgefleet.jinja;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code lookup('name', ...)} asks for its values. */
@FunctionalInterface
public interface Lookup {
  /**
   * The value of one term.
   *
   * @param options what stands by name behind the terms
   * @param variables the evaluated value of a variable
   */
  @Nullable Object value(
      String term, Arguments options, Function<String, Optional<Object>> variables);
}
