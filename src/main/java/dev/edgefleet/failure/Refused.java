package dev.edgefleet.failure;

import org.jspecify.annotations.Nullable;

/**
 * The device or the controller said no: host key, credentials, sudo password. Counts as
 * unreachable. Exit code 4.
 */
public non-sealed class Refused extends Failure {
  public Refused(String what, String remedy) {
    this(what, remedy, null);
  }

  public Refused(String what, String remedy, @Nullable Throwable cause) {
    super(what, remedy, cause);
  }
}
