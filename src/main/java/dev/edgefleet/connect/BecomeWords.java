package dev.edgefleet.connect;

import java.util.Optional;

/**
 * What a playbook says of how tasks become another user, evaluated.
 *
 * @param user {@code become_user}
 * @param method {@code become_method}
 * @param exe {@code become_exe}
 * @param flags {@code become_flags}
 */
public record BecomeWords(
    Optional<String> user, Optional<String> method, Optional<String> exe, Optional<String> flags) {
  /** Nothing. */
  public static final BecomeWords NONE =
      new BecomeWords(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
