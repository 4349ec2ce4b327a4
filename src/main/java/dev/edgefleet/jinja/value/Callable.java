package dev.edgefleet.jinja.value;

import dev.edgefleet.jinja.Arguments;
import org.jspecify.annotations.Nullable;

/** What can be called in an expression: functions, methods, macros. */
@FunctionalInterface
public interface Callable {
  @Nullable Object call(Arguments arguments);
}
