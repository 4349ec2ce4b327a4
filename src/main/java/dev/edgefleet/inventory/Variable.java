package dev.edgefleet.inventory;

import dev.edgefleet.failure.Place;
import org.jspecify.annotations.Nullable;

/**
 * A variable's value as it was written, and where.
 *
 * @param value text may hold Jinja; a {@code Secret} when it was encrypted
 */
record Variable(@Nullable Object value, Place place) {}
