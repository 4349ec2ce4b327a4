package dev.edgefleet.template;

import org.jspecify.annotations.Nullable;

/** What stands behind a {@code |}. */
@FunctionalInterface
interface Filter {
  @Nullable Object apply(@Nullable Object value, Arguments arguments, Renderer renderer);
}
