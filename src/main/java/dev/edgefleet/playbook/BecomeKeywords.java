package dev.edgefleet.playbook;

import java.util.Optional;

/**
 * {@code become} and its kin where they stand; a task's win over its play's. Texts may hold Jinja.
 *
 * @param become a truth or Jinja that gives one
 * @param user whom to become
 * @param method sudo, su or doas
 * @param exe the program that does it
 * @param flags its options
 */
public record BecomeKeywords(
    Optional<Condition> become,
    Optional<String> user,
    Optional<String> method,
    Optional<String> exe,
    Optional<String> flags) {
  /** None of them. */
  public static final BecomeKeywords NONE =
      new BecomeKeywords(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** These words where they are given, {@code outer}'s where they are not. */
  public BecomeKeywords within(BecomeKeywords outer) {
    return new BecomeKeywords(
        become.or(outer::become),
        user.or(outer::user),
        method.or(outer::method),
        exe.or(outer::exe),
        flags.or(outer::flags));
  }
}
