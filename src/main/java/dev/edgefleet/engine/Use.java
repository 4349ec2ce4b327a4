package dev.edgefleet.engine;

import dev.edgefleet.failure.Place;
import org.jspecify.annotations.Nullable;

/**
 * Jinja that a task will evaluate.
 *
 * @param raw a text with Jinja in braces, or a list or mapping of them
 */
record Use(Place place, @Nullable Object raw) {
  /** A bare expression, as in {@code when}. */
  static Use bare(Place place, Object expression) {
    return new Use(
        place,
        expression instanceof String text && !text.contains("{{")
            ? "{{ " + text + " }}"
            : expression);
  }
}
