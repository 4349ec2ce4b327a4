package dev.edgefleet.template;

import org.jspecify.annotations.Nullable;

/**
 * An evaluated value.
 *
 * @param tainted whether a secret was looked at to make it
 */
record Cell(@Nullable Object value, boolean tainted) {}
