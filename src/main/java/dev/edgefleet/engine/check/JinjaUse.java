package dev.edgefleet.engine.check;

import dev.edgefleet.failure.Place;
import dev.edgefleet.jinja.Templates;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jinja that a task will evaluate.
 *
 * @param raw a text with Jinja in braces, or a list or mapping of them; or a bare expression
 * @param bare whether it is one, as in {@code when}
 */
record JinjaUse(Place place, @Nullable Object raw, boolean bare) {
  /**
   * The variables it cannot do without.
   *
   * @throws dev.edgefleet.failure.BadInput when the Jinja itself is wrong
   */
  Set<String> free() {
    return raw != null && bare
        ? Templates.freeInCondition(raw).names()
        : Templates.free(raw).names();
  }
}
