package dev.edgefleet.failure;

import org.jspecify.annotations.Nullable;

/**
 * A command was sent and its outcome is not known: a deadline passed or the link was cut while it
 * ran. Exit code 3.
 */
public final class InDoubt extends Failure {
  public InDoubt(String what, String remedy) {
    this(what, remedy, null);
  }

  public InDoubt(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}
