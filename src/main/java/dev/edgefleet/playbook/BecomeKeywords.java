package dev.edgefleet.playbook;

import java.util.Optional;

/**
 * {@code become} and {@code become_user} where they stand; a task's win over its play's.
 *
 * @param become a truth or Jinja that gives one
 * @param user may hold Jinja
 */
public record BecomeKeywords(Optional<Condition> become, Optional<String> user) {
  /** These words where they are given, {@code outer}'s where they are not. */
  public BecomeKeywords within(BecomeKeywords outer) {
    return new BecomeKeywords(become.or(outer::become), user.or(outer::user));
  }
}
