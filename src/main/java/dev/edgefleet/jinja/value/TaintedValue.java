package dev.edgefleet.jinja.value;

import org.jspecify.annotations.Nullable;

/**
 * An evaluated value.
 *
 * @param tainted whether a secret was looked at to make it
 */
public record TaintedValue(@Nullable Object value, boolean tainted) {}
