package dev.edgefleet.template;

import org.jspecify.annotations.Nullable;

/** What can be called in an expression: functions, methods, macros. */
@FunctionalInterface
interface Callable {
  @Nullable Object call(Arguments arguments);
}
