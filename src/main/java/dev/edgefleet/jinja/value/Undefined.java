package dev.edgefleet.jinja.value;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The value of a name that is not there: an error as soon as it is used, except by {@code default}
 * and {@code is defined}.
 *
 * @param name as the expression spells it, such as {@code result.stdout}
 * @param hint what to say instead of "the variable ... is not defined"
 * @param near what it may have been meant to be
 */
public record Undefined(String name, Optional<String> hint, Supplier<Optional<String>> near) {
  private static final Undefined NOTHING =
      because("the inline 'if' has no 'else' and its condition is false");

  /** An inline {@code if} without {@code else}: it prints nothing, and is no error by itself. */
  public static Undefined nothing() {
    return NOTHING;
  }

  public boolean isNothing() {
    return equals(NOTHING);
  }

  public static Undefined because(String hint) {
    return new Undefined("", Optional.of(hint), Optional::empty);
  }

  public static Undefined named(String name) {
    return named(name, Optional::empty);
  }

  public static Undefined named(String name, Supplier<Optional<String>> near) {
    return new Undefined(name, Optional.empty(), near);
  }

  public String found() {
    return hint.orElseGet(() -> "the variable '" + name + "' is not defined");
  }
}
