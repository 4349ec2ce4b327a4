package dev.edgefleet.jinja;

import dev.edgefleet.jinja.filter.TextFilters;
import dev.edgefleet.jinja.value.JinjaValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code lookup('name', ...)}, {@code query('name', ...)} and {@code with_name} ask. */
@FunctionalInterface
public interface Lookup {
  /**
   * The values for all terms.
   *
   * @param options what stands by name behind the terms
   */
  List<? extends @Nullable Object> values(
      List<? extends @Nullable Object> terms, Arguments options, LookupScope scope);

  /** One that has a value for each term, which is a text. */
  interface OfText {
    @Nullable Object value(String term, Arguments options, LookupScope scope);
  }

  /** One that looks at each term for itself. */
  static Lookup each(OfText one) {
    return (terms, options, scope) -> {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object term : terms) {
        values.add(one.value(TextFilters.text(JinjaValues.defined(term), options), options, scope));
      }
      return values;
    };
  }
}
