package dev.edgefleet.jinja.value;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A mapping that an expression made, and may therefore change. */
public final class MutableMap extends LinkedHashMap<Object, @Nullable Object> {}
