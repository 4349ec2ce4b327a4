package dev.edgefleet.failure;

import org.jspecify.annotations.Nullable;

/**
 * The device cannot be talked to, or stopped answering: name resolution, connect, a lost link. Exit
 * code 4.
 */
public final class Unreachable extends Failure {
  public Unreachable(String what, String remedy) {
    this(what, remedy, null);
  }

  public Unreachable(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}
