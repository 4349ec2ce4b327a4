package dev.edgefleet.template;

import org.jspecify.annotations.Nullable;

/** What stands behind {@code is}. */
@FunctionalInterface
interface Test {
  boolean holds(@Nullable Object value, Arguments arguments, Renderer renderer);
}
