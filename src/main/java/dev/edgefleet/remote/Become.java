package dev.edgefleet.remote;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.text.ShellWords;
import java.util.List;
import java.util.Optional;

/**
 * Runs operations as another user.
 *
 * @param user whom to become, such as {@code root}
 * @param password what the program asks for; empty when it must not ask
 * @param program the words it is called by, its name or path first
 * @param flags what the operator wants it called with besides; empty for what is usual
 */
public record Become(
    String user,
    Optional<Secret> password,
    BecomeMethod method,
    List<String> program,
    Optional<BecomeFlags> flags) {
  /** With sudo. */
  public Become(String user, Optional<Secret> password) {
    this(user, password, BecomeMethod.SUDO);
  }

  /** With a method's own program, called as usual. */
  public Become(String user, Optional<Secret> password, BecomeMethod method) {
    this(user, password, method, List.of(method.word()), Optional.empty());
  }

  /** The words of a program as a shell would read them. */
  public static List<String> programWords(String text) {
    return ShellWords.split(text);
  }

  public Become {
    program = List.copyOf(program);
  }
}
