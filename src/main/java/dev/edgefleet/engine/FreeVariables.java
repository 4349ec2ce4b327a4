package dev.edgefleet.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which variables a text with Jinja, or a list or mapping of them, cannot do without. */
@FunctionalInterface
public interface FreeVariables {
  /**
   * @return the names; not those that {@code default} or {@code is defined} stand guard over
   * @throws dev.edgefleet.failure.BadInput when the Jinja itself is wrong
   */
  Set<String> of(@Nullable Object raw);
}
