package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Renderer;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code is}. */
@FunctionalInterface
public interface Test {
  boolean holds(@Nullable Object value, Arguments arguments, Renderer renderer);
}
