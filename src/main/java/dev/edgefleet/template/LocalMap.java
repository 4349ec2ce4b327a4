package dev.edgefleet.template;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A mapping that an expression made, and may therefore change. */
final class LocalMap extends LinkedHashMap<Object, @Nullable Object> {}
