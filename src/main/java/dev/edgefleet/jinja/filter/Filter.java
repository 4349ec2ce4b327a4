package dev.edgefleet.jinja.filter;

import dev.edgefleet.jinja.Arguments;
import dev.edgefleet.jinja.Renderer;
import org.jspecify.annotations.Nullable;

/** What stands behind a {@code |}. */
@FunctionalInterface
public interface Filter {
  @Nullable Object apply(@Nullable Object value, Arguments arguments, Renderer renderer);
}
