package dev.edgefleet.engine;

import dev.edgefleet.secret.Secret;
import java.util.Optional;

/**
 * How to log in where the inventory does not say.
 *
 * @param user login user
 * @param password of the login user
 * @param become whether tasks become another user where the playbook does not say
 * @param becomePassword what sudo asks for
 */
public record Login(
    String user, Optional<Secret> password, boolean become, Optional<Secret> becomePassword) {
  /** For what never logs in, such as listing devices. */
  public static final Login NONE = new Login("", Optional.empty(), false, Optional.empty());
}
