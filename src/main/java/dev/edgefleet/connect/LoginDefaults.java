package dev.edgefleet.connect;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.ssh.config.SshArguments;
import java.util.Optional;

/**
 * How to log in where the inventory does not say.
 *
 * @param user login user; empty where the ssh configuration may say, or else who runs edgefleet
 * @param password of the login user
 * @param become whether tasks become another user where the playbook does not say
 * @param becomePassword what sudo or su asks for
 * @param sshArguments in place of {@code ansible_ssh_common_args}
 */
public record LoginDefaults(
    Optional<String> user,
    Optional<Secret> password,
    boolean become,
    Optional<Secret> becomePassword,
    SshArguments sshArguments) {
  /** For what never logs in, such as listing devices. */
  public static final LoginDefaults NONE =
      new LoginDefaults(
          Optional.empty(), Optional.empty(), false, Optional.empty(), SshArguments.NONE);

  /** The same as another user. */
  LoginDefaults withUser(String other) {
    return new LoginDefaults(Optional.of(other), password, become, becomePassword, sshArguments);
  }
}
